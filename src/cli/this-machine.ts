/**
 * Whether a `Host` header names this machine, with whatever port. A page in a browser can have a name of its own lead to 127.0.0.1, and so
 * reach what listens there; but its requests say that name.
 */
export const isThisMachine = (host: string | undefined): boolean => /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(host ?? '');
