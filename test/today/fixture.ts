import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { vendors } from '../../src/api/registry.ts';
import type { Intent, Journal } from '../../src/journal/journal.ts';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import type { PriceBasis } from '../../src/model/cost.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { answer, intent, step } from '../journal/intent.ts';
import { openScratch, scratch, standingClock } from '../store/rows.ts';

const minute = 60_000;

/** A cache and a journal with one fixed clock, and writes that a person may have sent. */
export function openToday() {
  const clock = standingClock();
  const directory = scratch();
  const cache = openScratch(join(directory, 'cache.db'), clock);
  const journal: Journal = openJournal(join(directory, 'journal.db'), { clock });
  onTestFinished(() => journal.dispose());
  const usual = (): number | null => null;

  async function intended(more: Partial<Intent>): Promise<string> {
    const given = await journal.intend({ ...intent, ...more });
    if (given.kind !== 'intended') throw new Error(JSON.stringify(given));
    return given.id;
  }

  return {
    clock,
    cache,
    journal,
    usual,
    proposals: [],
    connections: ['nordic'],
    accountOf: (): string | null => null,
    basisOf: (): PriceBasis | null => 'unit',
    rulesOf: ({ vendor }: Pick<Subscription, 'vendor'>) => vendors.get(vendor)?.deadlines ?? null,
    /** Runs `work` this many minutes before the clock's time. */
    async ago<Result>(minutes: number, work: () => Promise<Result>): Promise<Result> {
      const at = clock.now();
      clock.set(at - minutes * minute);
      try {
        return await work();
      } finally {
        clock.set(at);
      }
    },
    /** A finished write. */
    async wrote(
      state: 'done' | 'refused' | 'unknown' | 'settled-not-applied',
      more: Partial<Intent>,
      reason: string | null = null,
    ): Promise<string> {
      const id = await intended(more);
      await journal.sending(id, step);
      await journal.answered(id, { index: 0, answer: { ...answer, outcome: state === 'done' ? 'done' : 'refused' } });
      await journal.close(id, {
        state,
        reason,
        vendor: { status: state === 'done' ? 200 : 422, correlationId: null },
        basis: 'answer',
      });
      return id;
    },
    /** A write that the vendor is working on. */
    async requested(target: Subscription): Promise<string> {
      const id = await intended({ ref: target.ref, target });
      const request = { vendorRequestId: 'rq-1', vendorState: null, from: 25, to: 20, vendor: null };
      await journal.sending(id, step);
      await journal.accepted(id, { ...request, nextCheckIn: null });
      return id;
    },
    /** A draft order whose second step was refused. */
    async drafted(orderId: string, ref: string, account = 'interworks https://bss.example'): Promise<string> {
      const id = await intended({ ref, account, steps: 3 });
      await journal.sending(id, { ...step, name: 'draft order' });
      await journal.answered(id, { index: 0, answer: { ...answer, notes: { orderId } } });
      await journal.sending(id, { ...step, index: 1, name: 'add item' });
      await journal.answered(id, { index: 1, answer: { ...answer, outcome: 'refused', reason: 'no' } });
      await journal.close(id, { state: 'refused', reason: 'no', vendor: null, basis: 'answer' });
      return id;
    },
  };
}
