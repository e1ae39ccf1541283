import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Journal } from '../../src/journal/journal.ts';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import type { WriteRequest } from '../../src/operations/registry.ts';
import { createWrites } from '../../src/writes/create-writes.ts';
import { realClock } from '../fault-server/clocks.ts';
import { connectionsTo } from '../fault-server/shop-vendor.ts';
import { everyCache, everyVendor } from './every-write.ts';

/**
 * A process that plans and sends write requests, one JSON line after another: a write request is planned, and `go` sends
 * it.
 */
export interface WorkerOptions {
  readonly path: string;
  readonly origin: string;
  readonly isAsync: boolean;
  /** Where it kills itself, and at which passing of that point. */
  readonly kill: { readonly at: string; readonly nth: number } | null;
}

const [text = ''] = process.argv.slice(2);
const options: WorkerOptions = JSON.parse(text);
const passed = new Map<string, number>();

function at(point: string): void {
  const nth = (passed.get(point) ?? 0) + 1;
  passed.set(point, nth);
  if (options.kill?.at === point && options.kill.nth === nth) process.kill(process.pid, 'SIGKILL');
}

function around<Given extends unknown[], Result>(name: string, work: (...given: Given) => Promise<Result>) {
  return async (...given: Given): Promise<Result> => {
    at(`before ${name}`);
    const result = await work(...given);
    at(`after ${name}`);
    return result;
  };
}

function killable(journal: Journal): Journal {
  return {
    ...journal,
    intend: around('intend', journal.intend),
    sending: around('sending', journal.sending),
    answered: around('answered', journal.answered),
    accepted: around('accepted', journal.accepted),
    close: around('close', journal.close),
  };
}

const journal = killable(openJournal(options.path, { clock: realClock }));
const vendor = everyVendor(options.origin, realClock, options.isAsync);
const mode = { offline: false, readOnly: false };
const cache = everyCache();
const writeRequests = createWrites({
  journal,
  cache,
  connections: connectionsTo(vendor),
  vendorOf: async () => vendor,
  clock: realClock,
  mode,
  by: 'worker',
});
const say = (line: unknown): void => void writeSync(1, `${JSON.stringify(line)}\n`);

say('ready');
let planned: Awaited<ReturnType<typeof writeRequests.plan>> | null = null;
for await (const line of createInterface({ input: process.stdin })) {
  if (line !== 'go') {
    const writeRequest: WriteRequest = JSON.parse(line);
    planned = await writeRequests.plan(writeRequest, null);
    say(planned.kind === 'fault' ? planned.fault.message : planned.kind);
  } else if (planned?.kind === 'plan') {
    say((await writeRequests.apply(planned.plan, { reason: null })).outcome);
  } else {
    say('unsent');
  }
}
process.exit(0);
