/**
 * One member of a team as `bench/team.ts` starts it: a process with a home and connections of its own, that does what a console does while
 * nobody presses a key. Takes orders from its parent.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type App, openApp } from '../src/app/open-app.ts';
import { appPathsIn } from '../src/app/paths.ts';
import type { Intent, StepRecord } from '../src/journal/journal.ts';

export interface MemberStart {
  readonly home: string;
  readonly connection: string;
  readonly secrets: readonly (readonly [variable: string, value: string])[];
}

export type Order =
  | { readonly do: 'start'; readonly start: MemberStart }
  | { readonly do: 'sync' }
  /** Gives the row a quantity, as after a reading of it alone. */
  | { readonly do: 'change'; readonly id: string; readonly quantity: number }
  /** Tells when the row has the quantity on a screen. */
  | { readonly do: 'expect'; readonly id: string; readonly quantity: number }
  | { readonly do: 'write'; readonly times: number }
  | { readonly do: 'end' };

export interface Told {
  /** Milliseconds by a clock that all processes of the machine share. */
  readonly at: number;
  readonly took: readonly number[];
  /** How much later than they should the timers of the thread that handles keys were, during a sync; milliseconds. */
  readonly late: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Rows that it has, and the first of their ids. */
  readonly rows: number;
  readonly id: string;
  /** Megabytes. */
  readonly memory: number;
}

let app: App | null = null;
let connection = '';

process.on('message', (order: Order) => void obey(order).then((told) => process.send?.({ ...nothing(), ...told })));
process.on('disconnect', () => process.exit());

async function obey(order: Order): Promise<Partial<Told>> {
  switch (order.do) {
    case 'start':
      app = open(order.start);
      // From the sources, each module is a parse of its own: a bundle has that behind it after its first sync.
      await Promise.all([
        app.context.connections.vendor(connection),
        import('../src/team/shared-sync.ts'),
        import('../src/team/shared-limits.ts'),
      ]);
      return {};
    case 'sync': {
      const loop = monitorEventLoopDelay({ resolution: 1 });
      loop.enable();
      const started = performance.now();
      const { fault } = await opened().context.sync.run(connection, {});
      if (fault !== null) throw new Error(fault.message);
      const took = [performance.now() - started];
      loop.disable();
      const late = { p50: loop.percentile(50) / 1e6, p99: loop.percentile(99) / 1e6, max: loop.max / 1e6 };
      return { took, late, ...firstRow() };
    }
    case 'change': {
      const { cache } = opened().context;
      const row = cache.subscription(connection, order.id);
      if (row === null) throw new Error('There is no such row.');
      const subscription = { ...row, quantity: order.quantity, readAt: new Date().toISOString() };
      const at = sharedNow();
      cache.keep(connection, order.id, { subscription, raw: cache.raw(connection, order.id) ?? {} });
      return { at };
    }
    case 'expect':
      await hasQuantity(order.id, order.quantity);
      return {};
    case 'write': {
      const took: number[] = [];
      for (let nth = 0; nth < order.times; nth += 1) {
        const started = performance.now();
        await write(`${connection}/${process.pid}-${nth}`);
        took.push(performance.now() - started);
      }
      return { took };
    }
    case 'end': {
      const last = opened();
      last.close();
      await last.left();
      return {};
    }
  }
}

function open({ home, connection: name, secrets }: MemberStart): App {
  connection = name;
  const made = openApp({
    paths: appPathsIn(home),
    secrets: new Map(secrets),
    ...{ env: {}, offline: false, readOnly: false, onCall: null, holdsSnapshot: true },
  });
  // What a console does from its start on.
  void made.context.sync;
  made.context.writes.follower.start();
  return made;
}

function opened(): App {
  if (app === null) throw new Error('The member was not started.');
  return app;
}

function firstRow(): Pick<Told, 'rows' | 'id'> {
  const all = { scope: [], filter: [], search: null, sort: [], connections: [connection], offset: 0, limit: 1 };
  const { rows, total } = opened().context.cache.subscriptionWindow(all);
  return { rows: total, id: rows[0]?.id ?? '' };
}

function hasQuantity(id: string, quantity: number): Promise<void> {
  const { cache, sync } = opened().context;
  const has = () => cache.subscription(connection, id)?.quantity === quantity;
  return new Promise((resolve) => {
    const stop = sync.subscribe(() => {
      if (!has()) return;
      stop();
      resolve();
    });
    if (!has()) return;
    stop();
    resolve();
  });
}

/** What the journal keeps of a write of one step: the intent, the step, its answer and the end. */
async function write(ref: string): Promise<void> {
  const { journal } = opened().context;
  const intended = await journal.intend({ ...intent, ref, account: `bench ${ref}`, by: journal.author });
  if (intended.kind !== 'intended') throw new Error(`The journal said: ${intended.kind}.`);
  await journal.sending(intended.id, { index: 0, name: 'lower', method: 'POST', path: '/subscriptions/s1' });
  await journal.answered(intended.id, { index: 0, answer });
  await journal.close(intended.id, { state: 'done', reason: null, vendor: null, basis: 'answer' });
}

const intent: Omit<Intent, 'ref' | 'account' | 'by'> = {
  view: 'seller s-1',
  verb: 'set-quantity',
  sentence: 'Lower the quantity from 25 to 20: Backup 100',
  before: { quantity: 25 },
  after: { quantity: 20 },
  reason: null,
  target: null,
  steps: 1,
  atOnce: true,
};

const answer: StepRecord = {
  ...{ outcome: 'done' as const, status: 200, correlationId: null, notes: {} },
  ...{ vendorRequestId: null, vendorState: null, reason: null },
};

function nothing(): Told {
  const memory = process.resourceUsage().maxRSS / 1024;
  return { at: sharedNow(), took: [], late: { p50: 0, p99: 0, max: 0 }, rows: 0, id: '', memory };
}

function sharedNow(): number {
  return Number(process.hrtime.bigint() / 1000n) / 1000;
}
