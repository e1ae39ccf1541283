import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { realClock } from '../fault-server/clocks.ts';

/**
 * Opens a journal and is killed at the nth point: before each call that touches the disk, or at the end. With 0 it is
 * not killed and prints the number of points.
 */
const [path = '', nth = '0'] = process.argv.slice(2);
let passed = 0;

function point(): void {
  passed += 1;
  if (passed === Number(nth)) process.kill(process.pid, 'SIGKILL');
}

function watched(owner: object, names: readonly string[]): void {
  for (const name of names) {
    const real: (...given: unknown[]) => unknown = Reflect.get(owner, name);
    Reflect.set(owner, name, function around(this: unknown, ...given: unknown[]) {
      point();
      return real.apply(this, given);
    });
  }
}

watched(fs, ['openSync', 'fsyncSync', 'renameSync', 'rmSync']);
syncBuiltinESMExports();
watched(DatabaseSync.prototype, ['exec']);
watched(StatementSync.prototype, ['run']);

const journal = openJournal(path, { clock: realClock });
if (journal.health() !== null) throw new Error(journal.health()?.message);
point();
journal.dispose();
process.stdout.write(String(passed));
