/**
 * `npm run bench:team`: what a team's store saves and costs, on a PostgreSQL of its own and the sandbox, with a process for each member.
 * `npm run bench:team join` (or `changes`, `writes`) measures one part; each writes its own section of bench/results.md, unless there are
 * fewer than 10,000 rows, and one that fails leaves the others' as they are. BENCH_TEAM_ROWS (100,000) and BENCH_TEAM_CHANGES (25, at
 * each size of the team) make it smaller. Two to five minutes a part; the machine should do nothing else.
 */
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { machine } from './results.ts';
import { writeSection } from './sections.ts';
import { measureChanges } from './team-changes.ts';
import { startTeam, type TeamBench } from './team-fixture.ts';
import { measureJoins } from './team-joins.ts';
import { grouped } from './team-table.ts';
import { measureWrites } from './team-writes.ts';

interface Part {
  /** Milliseconds that the sandbox takes for each call. */
  readonly delay: number;
  measure(bench: TeamBench): Promise<readonly string[]>;
}

const parts: Readonly<Record<string, Part>> = {
  join: { delay: 150, measure: measureJoins },
  changes: { delay: 0, measure: measureChanges },
  writes: { delay: 0, measure: measureWrites },
};
const leastToRecord = 10_000;
const rows = Number(process.env.BENCH_TEAM_ROWS ?? 100_000);
const changes = Number(process.env.BENCH_TEAM_CHANGES ?? 25);

const asked = process.argv.slice(2);
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => process.exit(1));

for (const name of asked.length === 0 ? Object.keys(parts) : asked) {
  const part = parts[name];
  if (part === undefined) throw new Error(`There is no part ${name}: ${Object.keys(parts).join(', ')}.`);
  const [load] = loadavg();
  try {
    const lines = await measured(part);
    const made = `${new Date().toISOString().slice(0, 10)}, ${machine()}; load average at the start ${load?.toFixed(1)}.`;
    const text = [...lines.slice(0, 2), `${made} ${grouped(rows)} rows asked for.`, ...lines.slice(2)];
    process.stdout.write(`${text.join('\n')}\n`);
    const section = `team-${name}: written by \`npm run bench:team ${name}\``;
    if (rows >= leastToRecord) writeSection(join(import.meta.dirname, 'results.md'), section, text);
  } catch (error) {
    process.stderr.write(`The part ${name} failed: ${error instanceof Error ? error.stack : error}\n`);
    process.exitCode = 1;
  }
}

async function measured({ delay, measure }: Part): Promise<readonly string[]> {
  const bench = await startTeam({ rows, changes, delay });
  try {
    return await measure(bench);
  } finally {
    await bench.dispose();
  }
}
