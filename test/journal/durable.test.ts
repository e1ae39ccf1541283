import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { fastClock } from '../fault-server/clocks.ts';
import { temporaryDirectory, torture } from '../fault-server/write-fixture.ts';
import { childProgram } from '../setup/child-program.ts';
import { needs } from '../setup/needs.ts';

const order = ['intent', 'sent', 'answered', 'done'];
const writer = await childProgram(join(import.meta.dirname, 'writer.ts'));

/** A writing process that is killed after this many acknowledgements; returns what it acknowledged. */
async function killed(path: string, name: string, after: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [writer, path, name], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
    if (said.split('\n').length > after) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return said.split('\n').slice(0, -1);
}

test(
  '[fault 64] a killed process leaves at least what the journal acknowledged',
  async () => {
    const path = join(temporaryDirectory(), 'journal.db');
    const acknowledged = new Map<string, number>();
    for (let nth = 0; nth < 3 * torture; nth += 1) {
      for (const line of await killed(path, `${nth}`, 1 + ((nth * 37) % 100))) {
        const [id = '', state = ''] = line.split(' ');
        acknowledged.set(id, order.indexOf(state));
      }
      const journal = openJournal(path, { clock: fastClock() });
      expect(journal.health()).toBeNull();
      for (const [id, rank] of acknowledged) {
        const state = journal.entry(id)?.state ?? '';
        const answered = journal.steps(id)[0]?.answer ? 'answered' : state;
        expect([id, order.indexOf(state === 'done' ? 'done' : answered) >= rank]).toEqual([id, true]);
      }
      journal.dispose();
    }
  },
  30_000 * torture,
);

test('[fault 89] four processes writing at once lose nothing and never reuse an id', async () => {
  const path = join(temporaryDirectory(), 'journal.db');
  const said = await Promise.all(['a', 'b', 'c', 'd'].map((name) => killed(path, name, 40)));
  const intents = said.flat().filter((line) => line.endsWith(' intent'));
  expect(new Set(intents).size).toBe(intents.length);
  const journal = openJournal(path, { clock: fastClock() });
  onTestFinished(() => journal.dispose());
  expect(journal.health()).toBeNull();
  for (const line of intents) expect(journal.entry(line.split(' ')[0] ?? '')).not.toBeNull();
});

describe.runIf(needs('strace'))('power cuts', () => {
  test('[fault 65] acknowledges nothing before fsync', () => {
    const directory = temporaryDirectory();
    const trace = join(directory, 'trace');
    const options = ['-f', '-y', '-o', trace, '-e', 'trace=pwrite64,fdatasync,fsync,write'];
    execFileSync('strace', [...options, process.execPath, writer, join(directory, 'journal.db'), 'x', '5']);
    let [written, kept, acknowledged] = [false, true, 0];
    for (const line of readFileSync(trace, 'utf8').split('\n')) {
      if (/pwrite64\(.*-wal>/.test(line)) [written, kept] = [true, false];
      else if (/f(data)?sync\(.*-wal>/.test(line)) kept = true;
      else if (/write\(1<.*(intent|sent|answered|done)/.test(line)) {
        expect([line, written, kept]).toEqual([line, true, true]);
        [written, acknowledged] = [false, acknowledged + 1];
      }
    }
    expect(acknowledged).toBe(5 * order.length);
  });
});
