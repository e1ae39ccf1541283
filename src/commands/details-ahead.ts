import type { KeptRead, Vendor } from '../api/contract.ts';
import { leftText } from '../model/calendar.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import { limits } from '../model/limits.ts';
import { grouped } from '../model/numbers.ts';
import type { Pin } from '../model/scope.ts';
import { type AheadTask, aheadWork } from './ahead-work.ts';
import type { Input } from './command.ts';
import type { Context } from './context.ts';
import { findConnection } from './find.ts';
import { readNames } from './kept-reads.ts';

type Deps = Pick<Context, 'cache' | 'clock' | 'connections' | 'settings'>;

/** The results of the reads of one connection. */
export interface ReadAhead {
  readonly connection: string;
  readonly read: number;
  /** Already cached, and younger than `freshFor`. */
  readonly fresh: number;
  /** Reads that failed, or were skipped after others had failed. */
  readonly failed: number;
  readonly faults: readonly Fault[];
}

/** Number of simultaneous reads; the connection's queue limits their calls. */
const width = 16;
/** After this many failures in a row, further reads of that kind are skipped. */
const enough = 5;
/** Milliseconds between two progress messages. */
const pause = 100;
/** Below this many milliseconds a rate is meaningless. */
const soonest = 1_000;

/**
 * Reads the details of each cached subscription besides its row, and the product lists, and caches them, unless they are
 * younger than `freshFor`. What was read before an interrupt is kept.
 */
export async function readDetailsAhead(
  context: Deps,
  input: Input,
  names: readonly string[],
  within: Pin | null,
): Promise<readonly ReadAhead[]> {
  const freshSince = context.clock.now() - context.settings.freshFor * 1000;
  const tell = progressOf(context, input);
  // One after another if they show the same subscriptions: the second finds them cached.
  const accounts = Map.groupBy(names, (name) => findConnection(context, name).account);
  const inTurn = async (alike: readonly string[]) => {
    const ends: ReadAhead[] = [];
    for (const name of alike) ends.push(await oneConnection(context, input, { name, within, freshSince }, tell));
    return ends;
  };
  try {
    return (await Promise.all([...accounts.values()].map(inTurn))).flat();
  } finally {
    input.progress?.(null);
  }
}

interface Part {
  readonly name: string;
  readonly within: Pin | null;
  readonly freshSince: number;
}

async function oneConnection(context: Deps, { signal }: Input, part: Part, tell: Progress): Promise<ReadAhead> {
  const { name: connection, freshSince } = part;
  let vendor: Vendor;
  try {
    vendor = await context.connections.vendor(connection);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return { connection, read: 0, fresh: 0, failed: 0, faults: [error.fault] };
  }
  const work = aheadWork(context, vendor, findConnection(context, connection), part);
  const { due, fresh } = await work.count();
  const results = resultsOf(connection, freshSince);
  const tasks = work.tasks();
  const worker = async () => {
    for (let next = await tasks.next(); next.done !== true; next = await tasks.next()) {
      if (signal.aborted || results.isOver()) return;
      if (results.isGivenUp(next.value.read)) continue;
      await results.of(next.value, signal);
      tell(connection, results.done(), due);
    }
  };
  tell(connection, 0, due);
  await Promise.all(Array.from({ length: width }, worker));
  await tasks.return(undefined);
  return { connection, fresh, ...results.end(due) };
}

interface Failures {
  readonly first: Fault;
  readonly count: number;
}

/** Counts the results of tasks, and says when to stop. */
function resultsOf(connection: string, freshSince: number) {
  const failures = new Map<KeptRead, Failures>();
  const inARow = new Map<KeptRead, number>();
  let [read, failed, unkept] = [0, 0, 0];
  let isSignedOut = false;
  let droppedUntil = Number.NEGATIVE_INFINITY;

  function fail(kind: KeptRead, first: Fault): void {
    failed += 1;
    const before = failures.get(kind);
    failures.set(kind, { first: before?.first ?? first, count: (before?.count ?? 0) + 1 });
    inARow.set(kind, (inARow.get(kind) ?? 0) + 1);
    if (first.kind === 'signed-out') isSignedOut = true;
  }

  return {
    isOver: () => isSignedOut,
    isGivenUp: (kind: KeptRead) => (inARow.get(kind) ?? 0) >= enough,
    done: () => read + failed,
    async of(task: AheadTask, signal: AbortSignal): Promise<void> {
      try {
        const { isKept, droppedUntil: dropped } = await task.ask(signal);
        read += 1;
        if (!isKept) unkept += 1;
        droppedUntil = Math.max(droppedUntil, dropped ?? Number.NEGATIVE_INFINITY);
        inARow.delete(task.read);
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof FaultError)) throw error;
        fail(task.read, error.fault);
      }
    },
    end(due: number): Pick<ReadAhead, 'read' | 'failed' | 'faults'> {
      const left = Math.max(0, due - read - failed);
      const faults = [...failures].map(([kind, { first, count }]) => {
        const what = `${count === 1 ? 'One read' : `${grouped(count)} reads`} of ${readNames[kind]} failed`;
        return { ...first, connection, message: `${connection}: ${what}. ${first.message}` };
      });
      const notAsked = left > 0 && faults.length > 0 ? [leftOut(connection, left)] : [];
      const notKept = unkept > 0 ? [couldNotKeep(connection, unkept)] : [];
      const overflow = droppedUntil >= freshSince ? [tooMuch(connection)] : [];
      return { read, failed: failed + left, faults: [...faults, ...notAsked, ...notKept, ...overflow] };
    },
  };
}

function leftOut(connection: string, left: number): Fault {
  const message = `${connection}: ${grouped(left)} further reads were skipped.`;
  return fault('partial', message, 'Run it again: it continues with the missing reads.', { connection }).fault;
}

function couldNotKeep(connection: string, unkept: number): Fault {
  const message = `${connection}: ${grouped(unkept)} answers could not be saved: they are too large, or their subscription is no longer in the cache.`;
  return fault('partial', message, 'subdeck doctor shows whether the cache can be written.', { connection }).fault;
}

function tooMuch(connection: string): Fault {
  const megabytes = limits.answers.allBytes / 1024 ** 2;
  const message = `${connection}: the cache keeps at most ${megabytes} MB of details, so some of those just read were dropped.`;
  return fault('partial', message, 'Read a smaller part, with --within.', { connection }).fault;
}

type Progress = (connection: string, done: number, due: number) => void;

function progressOf({ clock }: Pick<Context, 'clock'>, input: Input): Progress {
  const texts = new Map<string, string>();
  const began = clock.monotonic();
  let told = Number.NEGATIVE_INFINITY;
  return (connection, done, due) => {
    const now = clock.monotonic();
    const took = now - began;
    const left = done > 0 && took >= soonest ? `, ${leftText(((due - done) * took) / done)} left` : '';
    texts.set(connection, `${connection}: details ${grouped(done)} of ${grouped(due)}${left}`);
    if (now - told < pause) return;
    told = now;
    input.progress?.([...texts.values()].join('\n'));
  };
}
