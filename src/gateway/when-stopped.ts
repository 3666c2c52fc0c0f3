/** Settles with null when the process is told to stop, so that it can be raced against what fails. */
export function whenStopped(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
}
