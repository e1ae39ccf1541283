import { writeSync } from 'node:fs';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { realClock } from '../fault-server/clocks.ts';
import { answer, intent, step } from './intent.ts';

/** Writes this many entries, or endlessly, and prints each state after it was stored, until it ends or is killed. */
const [path = '', name = '', count = 'Infinity'] = process.argv.slice(2);
const journal = openJournal(path, { clock: realClock });
const say = (id: string, state: string): void => void writeSync(1, `${id} ${state}\n`);
for (let nth = 0; nth < Number(count); nth += 1) {
  const intended = await journal.intend({ ...intent, ref: `nordic/${name}-${nth}` });
  if (intended.kind !== 'intended') throw new Error(JSON.stringify(intended));
  const { id } = intended;
  say(id, 'intent');
  await journal.sending(id, step);
  say(id, 'sent');
  await journal.answered(id, { index: 0, answer });
  say(id, 'answered');
  await journal.close(id, { state: 'done', reason: null, vendor: null, basis: 'answer' });
  say(id, 'done');
}
