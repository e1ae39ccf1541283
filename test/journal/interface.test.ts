import { join } from 'node:path';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { fastClock } from '../fault-server/clocks.ts';
import { temporaryDirectory } from '../fault-server/write-fixture.ts';
import { journalSuite } from './interface-suite.ts';

journalSuite('a journal in a file of SQLite', async () => {
  const path = join(temporaryDirectory(), 'state', 'journal.db');
  const clock = fastClock();
  return { clock, isOnServer: false, join: async () => openJournal(path, { clock }) };
});
