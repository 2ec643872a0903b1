// Signals that would end the process in the middle of writing: they wait until it has tidied up.

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `work`, which is told by `signal` that it should throw; when it is done, with or without, a signal that came ends the process as it
 * would have.
 */
export async function deferringSignals<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let received: NodeJS.Signals | undefined;
  const receive = (signal: NodeJS.Signals) => {
    received = signal;
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, receive);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of SIGNALS) process.off(name, receive);
    if (received !== undefined) process.kill(process.pid, received);
  }
}
