import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal } from '../../../src/journal/sqlite/open-journal.ts';
import { fastClock } from '../../fault-server/clocks.ts';
import { childProgram } from '../../setup/child-program.ts';
import { type SeededRandom, seededRandom, type Target } from '../target.ts';

const order = ['intent', 'sent', 'answered', 'done'];
const writer = await childProgram(join(import.meta.dirname, '../../journal/writer.ts'));
/** How many kills one journal survives before a new one is created. */
const lives = 25;
/** Processes that write to one journal concurrently and are killed. */
const width = 2;

export const journalKills: Target = {
  name: 'kills in journal writes',
  promise: 'The journal keeps what it acknowledged after SIGKILL at any moment.',
  full: 2000,
  mutants: [
    {
      name: 'a commit for every eighth write only',
      tries: 40,
      patches: [
        {
          file: 'src/journal/sqlite/transaction.ts',
          find: /database\.exec\('BEGIN IMMEDIATE'\);\n {2}try \{\n {4}const result = work\(\);\n {4}database\.exec\('COMMIT'\);/,
          replace:
            "if (!database.isTransaction) database.exec('BEGIN IMMEDIATE');\n  try {\n    const result = work();\n    waiting_ += 1;\n    if (waiting_ % 8 === 1) database.exec('COMMIT');",
        },
        {
          file: 'src/journal/sqlite/transaction.ts',
          find: '/** Atomic, exclusive',
          replace: 'let waiting_ = 0;\n\n/** Atomic, exclusive',
        },
      ],
    },
  ],
  async run({ n, seed, directory }) {
    const random = seededRandom(seed);
    const faults: string[] = [];
    let acknowledged = 0;
    execFileSync(process.execPath, [writer, join(directory, 'first.db'), 'first', '1'], { stdio: 'ignore' });
    for (let from = 0; from < n; from += lives) {
      const path = join(directory, `${from}`, 'journal.db');
      mkdirSync(join(directory, `${from}`));
      const found = await oneJournal(path, Math.min(lives, n - from), random);
      faults.push(...found.faults);
      acknowledged += found.acknowledged;
    }
    return { n, faults, facts: [`${acknowledged} acknowledged writes were looked for`] };
  },
};

async function oneJournal(path: string, kills: number, random: SeededRandom) {
  const acknowledged = new Map<string, number>();
  const faults: string[] = [];
  for (let from = 0; from < kills; from += width) {
    const pair = Array.from({ length: Math.min(width, kills - from) }, (_, at) => {
      return killed(path, `${from + at}`, 1 + random.below(60), random.next());
    });
    for (const line of (await Promise.all(pair)).flat()) {
      const [id = '', state = ''] = line.split(' ');
      acknowledged.set(id, Math.max(acknowledged.get(id) ?? 0, order.indexOf(state)));
    }
    faults.push(...lostOf(path, acknowledged));
  }
  return { faults, acknowledged: [...acknowledged.values()].reduce((sum, rank) => sum + rank + 1, 0) };
}

/** What was acknowledged and is missing. */
export function lostOf(path: string, acknowledged: ReadonlyMap<string, number>): readonly string[] {
  const journal = openJournal(path, { clock: fastClock() });
  try {
    const sick = journal.health();
    const lost = [...acknowledged].flatMap(([id, rank]) => {
      const state = journal.entry(id)?.state ?? 'nothing';
      const answered = state === 'sent' && journal.steps(id)[0]?.answer ? 'answered' : state;
      return order.indexOf(answered) >= rank ? [] : [`${id}: ${order[rank]} was acknowledged, ${answered} is there`];
    });
    return sick === null ? lost : [...lost, sick.message];
  } finally {
    journal.dispose();
  }
}

/** Runs a writer and kills it a moment after it acknowledged this many writes. */
async function killed(path: string, name: string, after: number, more: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [writer, path, name], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  let dying = false;
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (dying || said.split('\n').length <= after) return;
    dying = true;
    // Anywhere inside the next writes, not only right after an acknowledged one.
    const until = process.hrtime.bigint() + BigInt(Math.floor(more * 2_000_000));
    while (process.hrtime.bigint() < until);
    child.kill('SIGKILL');
  });
  await once(child, 'close');
  return said.split('\n').slice(0, -1);
}
