import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { Journal } from '../../src/journal/journal.ts';
import type { Clock } from '../../src/model/clock.ts';
import type { WriteRequest } from '../../src/operations/registry.ts';
import { createWrites } from '../../src/writes/create-writes.ts';
import { connectionsTo } from '../fault-server/shop-vendor.ts';
import { everyCache, everyVendor } from './every-write.ts';
import type { Halt, Points } from './points.ts';

/**
 * To plan a write; to send what was planned, and halt on the way; to say which points that passed; to look at the journal from now on as a console
 * does, beside other orders; to say what went wrong with writes and with the journal.
 */
export type Order =
  | { readonly order: 'plan'; readonly writeRequest: WriteRequest; readonly isAsync: boolean }
  | { readonly order: 'go'; readonly halt: Halt | null }
  | { readonly order: 'points' | 'watch' | 'troubles' };

export interface WorkerParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly points: Points;
  readonly origin: string;
}

/** A process that plans and sends write requests, an order for each line of its input, and ends with it. */
export async function runWorker({ journal, clock, points, origin }: WorkerParts): Promise<never> {
  const mode = { offline: false, readOnly: false };
  const parts = { journal: points.journal(journal), cache: everyCache(), clock, mode, by: 'worker' };
  const [plain, queued] = [false, true].map((isAsync) => {
    const vendor = everyVendor(origin, clock, isAsync, { signIn: points.token });
    return createWrites({ ...parts, connections: connectionsTo(vendor), vendorOf: async () => vendor });
  });
  const say = (line: unknown): void => void writeSync(1, `${JSON.stringify(line)}\n`);

  const troubles = new Set<string>();
  const noteTrouble = () => {
    const trouble = journal.health();
    if (trouble !== null) troubles.add(trouble.message);
  };
  const watch = async (): Promise<never> => {
    for (;;) {
      await plain?.recover();
      noteTrouble();
      await pause(5);
    }
  };

  say('ready');
  let writes = plain;
  let sent: Awaited<ReturnType<NonNullable<typeof plain>['apply']>> | undefined;
  let planned: Awaited<ReturnType<NonNullable<typeof plain>['plan']>> | undefined;
  for await (const line of createInterface({ input: process.stdin })) {
    const order: Order = JSON.parse(line);
    switch (order.order) {
      case 'points':
        say(points.passed());
        break;
      case 'watch':
        void watch();
        say('watching');
        break;
      case 'troubles':
        say([...troubles]);
        troubles.clear();
        break;
      case 'plan':
        writes = order.isAsync ? queued : plain;
        planned = await writes?.plan(order.writeRequest, null);
        say(planned?.kind === 'fault' ? planned.fault.message : planned?.kind);
        break;
      case 'go':
        points.start(order.halt);
        sent = planned?.kind === 'plan' ? await writes?.apply(planned.plan, { reason: null }) : undefined;
        if (sent?.fault) troubles.add(sent.fault.message);
        noteTrouble();
        say(sent?.outcome ?? 'unsent');
        points.stop();
    }
  }
  process.exit(0);
}
