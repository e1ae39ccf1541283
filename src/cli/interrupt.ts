/** Ctrl-C, SIGTERM and SIGHUP for one command. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Rejects at once when interrupted, even if `work` ignores the signal, except while an interrupt is held off. */
  race<Result>(work: Promise<Result>): Promise<Result>;
  /** While `work` runs, a first interrupt waits until it is done; a second one ends the process. */
  readonly holding: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Stops listening. */
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
    say(
      'A write is being sent: waiting for its answer. Interrupt again to exit without it; the journal records it as unknown.',
    );
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
