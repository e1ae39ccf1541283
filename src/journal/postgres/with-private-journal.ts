import type { Journal, JournalReader } from '../journal.ts';

/**
 * A team's journal beside the one that this installation had before it joined: lists show both, and what was said of the older entries
 * can be corrected. Everything else is the team's. The private one has no open writes.
 */
export function withPrivateJournal(team: Journal, own: Journal): Journal {
  /** Where an entry is. */
  const of = (id: string): Journal => (team.entry(id) === null && own.entry(id) !== null ? own : team);
  function both<Row>(read: (journal: JournalReader) => readonly Row[]): readonly Row[] {
    return [...read(team), ...read(own)];
  }

  return {
    ...team,
    entries(query) {
      const found = both((journal) => journal.entries(query)).toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
      return found.slice(0, query.limit ?? undefined);
    },
    entry: (id) => of(id).entry(id),
    record: (id) => of(id).record(id),
    recordsIn: (states) => [...own.recordsIn(states), ...team.recordsIn(states)],
    steps: (id) => of(id).steps(id),
    verdicts: (id) => of(id).verdicts(id),
    damaged: () => both((journal) => journal.damaged()),
    unsettled: () => both((journal) => journal.unsettled()),
    requests: (query) => both((journal) => journal.requests(query)).slice(0, query.limit),
    request: (id) => of(id).request(id),
    revision: () => team.revision() + own.revision(),
    async intend(intent) {
      const { part } = intent;
      const tried = part === undefined ? undefined : (await own.partsOf(part.plan)).get(part.row);
      return tried?.left === true ? { kind: 'repeated', entry: tried.entry } : team.intend(intent);
    },
    knownParts: (plan) => new Map([...own.knownParts(plan), ...team.knownParts(plan)]),
    partsOf: async (plan) => new Map([...(await own.partsOf(plan)), ...(await team.partsOf(plan))]),
    stored: async (id) => (await team.stored(id)) ?? own.stored(id),
    correct: (id, verdict) => of(id).correct(id, verdict),
    settleDamaged: (id, end) => own.settleDamaged(id, end),
    dispose() {
      team.dispose();
      own.dispose();
    },
  };
}
