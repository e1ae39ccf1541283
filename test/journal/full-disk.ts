import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { realClock } from '../fault-server/clocks.ts';
import { answer, intent, step } from './intent.ts';

/** Sends one step, fills the journal's disk, then records the step's answer. Run with a file size limit. */
const [path = ''] = process.argv.slice(2);
const journal = openJournal(path, { clock: realClock });
const opened = await journal.intend(intent);
const first = opened.kind === 'intended' ? opened.id : '';
await journal.sending(first, step);
await journal.schedule(first, 1, 0);

let kept = 1;
for (const length of [3000, 30]) {
  for (;;) {
    const next = await journal.intend({ ...intent, ref: `nordic/${kept}x`, sentence: 'x'.repeat(length) });
    if (next.kind !== 'intended') break;
    kept += 1;
  }
}
try {
  for (let due = 1; ; due += 1) await journal.schedule(first, due, 1);
} catch {
  // There is no room for another page.
}
await journal.answered(first, { index: 0, answer: { ...answer, notes: { orderId: 'or-1' } } });
const refused = await journal.intend({ ...intent, ref: 'nordic/last' });
process.stdout.write(JSON.stringify({ first, kept, fault: refused.kind === 'refused' ? refused.fault : null }));
