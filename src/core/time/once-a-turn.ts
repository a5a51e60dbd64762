/** However often the result is called in one turn of the event loop, it calls back once, after it. */
export function onceATurn(callback: () => void): () => void {
  let isScheduled = false;
  return () => {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      callback();
    });
  };
}
