import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { listenForInterrupts } from '../../src/cli/interrupt.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import type { WriteRequest } from '../../src/operations/registry.ts';
import { createWrites } from '../../src/writes/create-writes.ts';
import { realClock } from '../fault-server/clocks.ts';
import { memoryCache } from '../fault-server/memory-cache.ts';
import { connectionsTo, shopVendor } from '../fault-server/shop-vendor.ts';

/** The arguments of the process, as JSON. */
export interface SenderOptions {
  readonly path: string;
  readonly origin: string;
  readonly writeRequest: WriteRequest;
  readonly requests: boolean;
  readonly orders: boolean;
  /** Where it is killed, and at which passing of that point; null: never. */
  readonly kill: { readonly at: Point; readonly nth: number } | null;
  /** Where it gets a signal, as from a person or a closing terminal, and how often. */
  readonly interrupt?: { readonly at: Point; readonly signal: NodeJS.Signals; readonly times: number };
  /** Plans, reports it, and sends when stdin ends: for races. */
  readonly wait: boolean;
}

const points = [
  'before intend',
  'after intend',
  'before sending',
  'after sending',
  'before answered',
  'after answered',
  'before accepted',
  'after accepted',
  'before close',
  'after close',
] as const;
export type Point = (typeof points)[number];

const [text = ''] = process.argv.slice(2);
const options: SenderOptions = JSON.parse(text);
const passed = new Map<Point, number>();

/** Dies here if told to: nothing runs after the signal. An interrupt is handled before it continues. */
async function at(point: Point): Promise<void> {
  const nth = (passed.get(point) ?? 0) + 1;
  passed.set(point, nth);
  if (options.kill?.at === point && options.kill.nth === nth) process.kill(process.pid, 'SIGKILL');
  if (options.interrupt?.at !== point || nth > 1) return;
  const { signal, times } = options.interrupt;
  // A signal handler alone does not keep a process running.
  const alive = setInterval(() => undefined, 1000);
  for (let sent = 0; sent < times; sent += 1) {
    const heard = once(process, signal);
    process.kill(process.pid, signal);
    await heard;
  }
  clearInterval(alive);
}

function around<Arguments extends unknown[], Result>(
  before: Point,
  after: Point,
  work: (...given: Arguments) => Promise<Result>,
): (...given: Arguments) => Promise<Result> {
  return async (...given) => {
    await at(before);
    const result = await work(...given);
    await at(after);
    return result;
  };
}

function killable(journal: Journal): Journal {
  return {
    ...journal,
    intend: around('before intend', 'after intend', journal.intend),
    sending: around('before sending', 'after sending', journal.sending),
    answered: around('before answered', 'after answered', journal.answered),
    accepted: around('before accepted', 'after accepted', journal.accepted),
    close: around('before close', 'after close', journal.close),
  };
}

const { path, origin, requests, orders, writeRequest } = options;
const journal = killable(openJournal(path, { clock: realClock }));
const vendor = shopVendor(origin, { clock: realClock, requests, orders });
const writeRequests = createWrites({
  journal,
  cache: memoryCache(),
  connections: connectionsTo(vendor),
  vendorOf: async () => vendor,
  clock: realClock,
  mode: { offline: false, readOnly: false },
  by: 'sender',
});
const planned = await writeRequests.plan(writeRequest, null);
if (options.wait) {
  writeSync(1, 'ready\n');
  for await (const _ of process.stdin);
}
const { holding, race } = listenForInterrupts(() => undefined);
const send = async () => (planned.kind === 'plan' ? writeRequests.apply(planned.plan, { reason: null }) : planned);
const result = await race(holding(send));
writeSync(1, `${JSON.stringify(result)}\n`);
journal.dispose();
process.exit(0);
