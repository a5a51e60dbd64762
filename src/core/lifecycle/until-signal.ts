/** A signal that aborts on SIGINT or SIGTERM. A second one ends the process at once with 130 or 143. */
export function untilSignal(): AbortSignal {
  const controller = new AbortController();
  for (const [name, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(code);
      controller.abort(name);
    });
  }
  return controller.signal;
}
