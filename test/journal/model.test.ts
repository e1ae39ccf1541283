import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ClosedState, Journal } from '../../src/journal/journal.ts';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { FaultError } from '../../src/model/fault.ts';
import type { VerdictBasis } from '../../src/model/journal-entry.ts';
import type { ProcessMark } from '../../src/system/process-mark.ts';
import { type FastClock, fastClock } from '../fault-server/clocks.ts';
import { temporaryDirectory, torture } from '../fault-server/write-fixture.ts';
import { hasPostgres } from '../postgres/server.ts';
import { answer, intent, step } from './intent.ts';
import { Model, type Outcome, type Settled, stepCount } from './model.ts';
import { heldStore } from './team-fixture.ts';

const members = ['anna', 'ben'] as const;
type Member = (typeof members)[number];

/** A journal that two members on two machines share. */
interface Place {
  readonly clock: FastClock;
  /** A new process of a member. */
  join(as: Member, owner: ProcessMark): Promise<Journal>;
  /** All processes of a member give no sign for longer than a lease. */
  lapse(as: Member): Promise<void>;
}

type Command =
  | {
      readonly op: 'begin';
      readonly as: Member;
      readonly target: number;
      readonly part: number | null;
      readonly isPlanned: boolean;
    }
  | { readonly op: 'plan' | 'lapse' | 'crash'; readonly as: Member; readonly back?: never }
  | {
      readonly op: 'send' | 'accept' | 'takeOver';
      readonly as: Member;
      readonly back: number;
      readonly isAgain: boolean;
    }
  | { readonly op: 'answer'; readonly as: Member; readonly back: number; readonly outcome: Outcome }
  | {
      readonly op: 'close';
      readonly as: Member;
      readonly back: number;
      readonly state: ClosedState;
      readonly basis: VerdictBasis;
    }
  | { readonly op: 'correct'; readonly as: Member; readonly back: number; readonly state: Settled };

const as = fc.constantFrom(...members);
/** Counted from the newest entry. */
const back = fc.nat(3);
const settled = ['settled-applied', 'settled-not-applied'] as const;
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('begin'),
      as,
      target: fc.nat(1),
      part: fc.option(fc.nat(1)),
      isPlanned: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ op: fc.constantFrom('send', 'accept', 'takeOver'), as, back, isAgain: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant('answer'),
      as,
      back,
      outcome: fc.constantFrom<Outcome[]>('done', 'refused', 'unknown', 'unsent'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ op: fc.constant('close'), as, back },
      state: fc.constantFrom<ClosedState[]>('done', 'refused', 'unknown', 'needs-person', ...settled),
      basis: fc.constantFrom<VerdictBasis[]>('lease', 'person', 'evidence', 'answer'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('correct'), as, back, state: fc.constantFrom(...settled) }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constantFrom('plan', 'lapse', 'crash'), as }) },
);

/** A member's running process, and what the model does not know of an implementation: whether its lease still runs. */
interface Running {
  readonly process: number;
  readonly journal: Journal;
  sign: 'given' | 'none' | 'perhaps';
  /** Taken over by it. */
  readonly taken: string[];
  planned: { readonly count: number; readonly after: string } | null;
}

/** Runs commands on one implementation and on the model, and compares after each. */
function comparing(place: Place) {
  const running = new Map<Member, Running>();
  let processes = 0;
  let round = 0;

  async function start(member: Member): Promise<void> {
    processes += 1;
    const mark = { pid: 2 ** 30 + processes, started: 'then', machine: `machine of ${member}`, namespace: 'pid:[1]' };
    const journal = await place.join(member, { ...mark, host: member });
    running.set(member, { process: processes, journal, sign: 'none', taken: [], planned: null });
  }

  /** Sends nothing, and says that it lives. */
  async function sign(member: Member): Promise<void> {
    const { journal } = of(member);
    const intended = await journal.intend({ ...intent, ref: `nordic/sign of ${member}` });
    if (intended.kind !== 'intended') throw new Error(JSON.stringify(intended));
    await journal.close(intended.id, { state: 'refused', reason: null, vendor: null, basis: 'answer' });
    of(member).sign = 'given';
  }

  function of(member: Member): Running {
    const found = running.get(member);
    if (found === undefined) throw new Error(`${member} is not there.`);
    return found;
  }

  async function lapse(member: Member): Promise<void> {
    await place.lapse(member);
    of(member).sign = 'none';
    await sign(member === 'anna' ? 'ben' : 'anna');
  }

  return async (commands: readonly Command[]): Promise<void> => {
    const model = new Model();
    const ids: string[] = [];
    const prefix = `nordic/round-${round}`;
    round += 1;
    for (const member of members) {
      if (!running.has(member)) await start(member);
      await sign(member);
      of(member).planned = null;
    }
    /** Processes that crashed. */
    const gone = new Set<number>();

    async function isCompared(member: Member): Promise<void> {
      const { journal } = of(member);
      await journal.refresh();
      const told = ids.map((id) => {
        const entry = journal.entry(id);
        const record = journal.record(id);
        return {
          ...{ ref: entry?.ref, state: entry?.state, basis: entry?.basis ?? null, corrects: entry?.corrects ?? null },
          ...{ senderLost: record?.senderLost, hasRequest: record?.request != null },
          steps: journal.steps(id).map((one) => one.answer?.outcome ?? null),
          verdicts: journal.verdicts(id).map(({ state, basis }) => `${state} ${basis}`),
        };
      });
      expect(told).toEqual(model.entries.map(({ owner: _, part: __, ...entry }) => entry));
    }

    /** What both say to a call that may be refused. */
    async function isRefused(call: Promise<unknown>): Promise<boolean> {
      try {
        await call;
        return false;
      } catch (error) {
        if (error instanceof FaultError) return true;
        throw error;
      }
    }

    async function run(one: Command): Promise<void> {
      const self = of(one.as);
      const { journal, process } = self;
      if (one.op === 'lapse') {
        await lapse(one.as);
        return;
      }
      if (one.op === 'crash') {
        gone.add(process);
        journal.dispose();
        await start(one.as);
        await lapse(one.as);
        await sign(one.as);
        return;
      }
      if (one.op === 'plan') {
        self.planned = { count: model.entries.length, after: (await journal.newest()) ?? '' };
        return;
      }
      if (one.op === 'begin') {
        const ref = `${prefix} ${one.target}`;
        const planned = one.isPlanned ? self.planned : null;
        const said = await journal.intend({
          ...{ ...intent, ref, steps: stepCount },
          ...(one.part === null ? {} : { part: { plan: prefix, row: one.part + 1 } }),
          ...(planned === null ? {} : { plannedAfter: planned.after }),
        });
        const expected = model.begin(process, ref, { part: one.part, planned: planned?.count ?? null });
        if (said.kind === 'intended') ids.push(said.id);
        const id = said.kind === 'intended' ? said.id : said.kind === 'refused' ? '' : said.entry.id;
        expect({ kind: said.kind, nth: ids.indexOf(id) }).toEqual(expected);
        if (said.kind === 'intended') self.sign = 'given';
        return;
      }
      const nth = ids.length - 1 - (one.back ?? 0);
      const [id, entry] = [ids[nth], model.entries[nth]];
      if (id === undefined || entry === undefined) return;
      // A team's member says that it lives with each change, one with a file only when it sends.
      if (self.sign === 'none') self.sign = 'perhaps';
      switch (one.op) {
        case 'send': {
          const index = entry.steps.length - (one.isAgain && entry.steps.length > 0 ? 1 : 0);
          const isSent = !(await isRefused(journal.sending(id, { ...step, index })));
          expect(isSent).toBe(model.send(process, entry, index));
          if (isSent) self.sign = 'given';
          return;
        }
        case 'answer': {
          // Nobody answers what was never sent.
          const index = entry.steps.length - 1;
          if (index < 0) return;
          await journal.answered(id, { index, answer: { ...answer, outcome: one.outcome } });
          model.answer(entry, index, one.outcome);
          return;
        }
        case 'close': {
          const { state, basis } = one;
          const closed = await journal.close(id, { state, reason: null, vendor: null, basis });
          expect(closed).toBe(model.close(entry, state, basis));
          return;
        }
        case 'correct': {
          const said = { state: one.state, reason: 'she looked', by: one.as };
          expect(await journal.correct(id, said)).toBe(model.correct(entry, one.state));
          return;
        }
        case 'accept': {
          const request = { vendorRequestId: 'rq-1', vendorState: null, from: null, to: null, vendor: null };
          const accepted = await journal.accepted(id, { ...request, nextCheckIn: null });
          expect(accepted !== null).toBe(model.accept(entry));
          return;
        }
        case 'takeOver': {
          // As `recover` does: what is followed is left alone.
          if (entry.hasRequest || (entry.state !== 'intent' && entry.state !== 'sent')) return;
          if (entry.owner === process) return;
          const isTaken = await journal.takeOver(id);
          if (self.taken.includes(id)) return expect(isTaken).toBe(true);
          const owner = members.map(of).find((each) => each.process === entry.owner);
          const lives = gone.has(entry.owner) ? 'none' : (owner?.sign ?? 'none');
          if (lives !== 'perhaps') expect(isTaken).toBe(lives === 'none');
          if (!isTaken) return;
          self.taken.push(id);
          model.takeOver(process, entry);
        }
      }
    }

    for (const one of commands) {
      await run(one);
      await isCompared(one.as);
    }
    for (const member of members) await isCompared(member);
  };
}

const commands = fc.array(command, { minLength: 8, maxLength: 30 });

async function holds(place: Place, numRuns: number): Promise<void> {
  const compare = comparing(place);
  await fc.assert(
    fc.asyncProperty(commands, (all) => compare(all)),
    { numRuns, seed: Number(process.env.TORTURE_SEED ?? 1), endOnFailure: torture === 1 },
  );
}

test('a journal in a file does what the model does, whatever two members do', async () => {
  const path = join(temporaryDirectory(), 'journal.db');
  const clock = fastClock();
  const place: Place = {
    clock,
    async join(_, owner) {
      const journal = openJournal(path, { clock, owner });
      onTestFinished(() => journal.dispose());
      return journal;
    },
    lapse: async () => clock.advance(61_000),
  };
  await holds(place, 20 * torture);
});

describe.runIf(hasPostgres())('a team', () => {
  test('a journal on PostgreSQL does what the model does, whatever two members do', async () => {
    const { store, clock, join: open } = await heldStore();
    const admin = store.connect('postgres');
    const directory = temporaryDirectory();
    const place: Place = {
      clock,
      join: (member, owner) => open({ as: member, owner, path: join(directory, `${member}.db`) }),
      async lapse(member) {
        clock.advance(61_000);
        await admin.query(
          "UPDATE subdeck.processes SET lease_until = pg_catalog.clock_timestamp() - interval '1 s' WHERE member = $1",
          [member],
        );
      },
    };
    await holds(place, 10 * torture);
  });
});
