/** Ctrl-C, SIGTERM and SIGHUP for one command. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Rejects at once when interrupted, whether or not `work` listens to the signal. Not while something holds it off. */
  race<Result>(work: Promise<Result>): Promise<Result>;
  /** While `work` runs, a first interrupt waits for its end; a second ends the process. */
  readonly holding: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Listens no longer. */
  end(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** `say` tells a person why the process does not end at once. */
export function listenForInterrupts(say: (text: string) => void): Interrupt {
  const controller = new AbortController();
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  let held = 0;
  let wanted = false;
  const interrupt = () => {
    controller.abort();
    reject(new Error('interrupted'));
  };
  const heard = () => {
    if (wanted) process.exit(130);
    wanted = true;
    if (held === 0) return interrupt();
    say('A write is on its way: waiting for its answer. Interrupt again to leave without it; the journal keeps it.');
  };
  for (const name of signals) process.on(name, heard);
  return {
    signal: controller.signal,
    race: (work) => Promise.race([work, promise]),
    holding: async (work) => {
      held += 1;
      try {
        return await work();
      } finally {
        held -= 1;
        if (wanted && held === 0) controller.abort();
      }
    },
    end: () => {
      for (const name of signals) process.off(name, heard);
    },
  };
}
