import { DatabaseSync } from 'node:sqlite';
import { entriesOf } from '../../src/journal/sqlite/entries-table.ts';
import { stepsOf } from '../../src/journal/sqlite/steps-table.ts';

/** As if the sender gave no sign any more before its last step was answered: it may be stopped, and go on later. */
export function loseSender(path: string, id: string): void {
  const database = new DatabaseSync(path);
  const [entries, steps] = [entriesOf(database), stepsOf(database)];
  const [columns, sent] = [entries.find(id)?.columns, steps.of(id).at(-1)];
  if (columns === null || columns === undefined || sent === undefined) throw new Error('It was not sent.');
  entries.replace({ ...columns, body: { ...columns.body, senderLost: true } });
  const { index, ...body } = sent;
  steps.replace(id, index, { ...body, answeredAt: null, answer: null });
  database.close();
}
