import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openFile } from '../../src/store/cache-file.ts';
import { databaseOn } from '../../src/store/database.ts';
import { fileWriterOn } from '../../src/store/file-writer.ts';
import { named, openScratch, row, scratch, standingClock } from './rows.ts';

it('does not cache the old name when another program wrote a new one meanwhile', () => {
  const path = join(scratch(), 'cache.db');
  const other = openScratch(path);
  const database = databaseOn(openFile(path));
  onTestFinished(() => database.close());
  let meanwhile = () => {};
  const lateFor = {
    ...database,
    write<Result>(work: () => Result): Result {
      meanwhile();
      return database.write(work);
    },
  };
  const writer = fileWriterOn(lateFor, { clock: standingClock(), untidyRows: 0 }, () => null);
  const reading = (name: string) => ({ subscription: row({ id: '1', organization: named('o', name) }), raw: {} });
  const nameNow = () => other.node({ level: 'organization', connection: 'nordic', id: 'o' })?.name;
  writer.keep('nordic', '1', reading('Acme'));
  meanwhile = () => other.keep('nordic', '1', reading('Zed'));
  writer.keep('nordic', '1', reading('Acme'));
  expect(nameNow()).toBe('Acme');
});
