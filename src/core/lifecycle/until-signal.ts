/**
 * A signal that aborts on SIGINT or SIGTERM. A second one ends the process at once with 130 or 143; so does the first after `atMost`
 * milliseconds, where that is given, should anything still hold the process then.
 */
export function untilSignal(atMost?: number): AbortSignal {
  const controller = new AbortController();
  for (const [name, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    const end = (): never => process.exit(code);
    process.on(name, () => {
      if (controller.signal.aborted) end();
      controller.abort(name);
      if (atMost !== undefined) setTimeout(end, atMost).unref();
    });
  }
  return controller.signal;
}
