import type { Journal, JournalWriter } from '../../src/journal/journal.ts';

export type Call = keyof JournalWriter;

/** The calls that need a round trip for a journal on a server. */
export const calls: Readonly<Record<Call, true>> = {
  ...{ intend: true, sending: true, answered: true, close: true, correct: true, accepted: true, recordPoll: true },
  ...{
    startEvidence: true,
    instant: true,
    noteAccount: true,
    settleDamaged: true,
    stored: true,
    storedIn: true,
    openOn: true,
  },
  ...{ newest: true, partsOf: true, takeNews: true, seen: true, due: true, nextDue: true, schedule: true },
  ...{ attempts: true, claim: true, takeOver: true, mark: true, link: true },
};

/** `before`: a call is on its way and has had no effect. `after`: it took effect, and its answer is on its way. */
export type When = 'before' | 'after';

/** A journal as if on a server: each writing call continues when `pass` allows it. */
export function lateJournal(journal: Journal, pass: (call: Call, when: When) => Promise<void>): Journal {
  function late<Given extends unknown[], Result>(call: Call, work: (...given: Given) => Promise<Result>) {
    return async (...given: Given): Promise<Result> => {
      await pass(call, 'before');
      try {
        return await work(...given);
      } finally {
        await pass(call, 'after');
      }
    };
  }
  return new Proxy(journal, {
    get(target, name) {
      const value = Reflect.get(target, name);
      return isCall(name) ? late(name, value) : value;
    },
  });
}

function isCall(name: string | symbol): name is Call {
  return name in calls;
}

export interface Hold {
  /** Resolves once a call is blocked here. */
  readonly reached: Promise<void>;
  release(): void;
}

/** Calls that a test blocks at one point, each once, and releases. */
export function holds() {
  const waiting = new Map<string, { readonly arrive: () => void; readonly released: Promise<void> }>();
  return {
    async pass(call: Call, when: When): Promise<void> {
      const found = waiting.get(`${when} ${call}`);
      if (found === undefined) return;
      waiting.delete(`${when} ${call}`);
      found.arrive();
      await found.released;
    },
    /** The next such call waits until it is released. */
    hold(when: When, call: Call): Hold {
      const [arrival, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      waiting.set(`${when} ${call}`, { arrive: arrival.resolve, released: release.promise });
      return { reached: arrival.promise, release: release.resolve };
    },
  };
}
