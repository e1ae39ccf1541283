import type { Member, TeamBench } from './team-fixture.ts';
import { say } from './team-fixture.ts';
import type { Told } from './team-member.ts';
import { grouped, loadRow, loadTable, megabytes, milliseconds, row, seconds, slowestTable } from './team-table.ts';

/** So many join at the same time. */
const groups = [1, 3, 5] as const;

/** What a team's reading costs: calls to the vendor, and the time and the keys of who joins. */
export async function measureJoins(bench: TeamBench): Promise<readonly string[]> {
  const { delay, load, served } = bench;
  say(`a full sync at ${delay} ms a call, by one who is in no team`);
  // The sandbox makes much of its data at the first request.
  const single = await bench.single();
  const alone = await single.ask({ do: 'sync' });
  const callsOfOne = await served();
  await single.leave();
  say('the same sync by the first member');
  const team: Member[] = [await bench.member('desk-0')];
  load.mark();
  const published = await first(team).ask({ do: 'sync' });
  const ofSync = load.since();
  const joins: { readonly together: number; readonly told: readonly Told[] }[] = [];
  const loads: string[] = [loadRow('one member syncs and publishes', ofSync)];
  for (const together of groups) {
    const names = Array.from({ length: together }, (_, nth) => `desk-${team.length + nth}`);
    const news = await Promise.all(names.map((name) => bench.member(name)));
    say(`${together} of ${team.length + together} join`);
    load.mark();
    const told = await Promise.all(news.map((each) => each.ask({ do: 'sync' })));
    loads.push(loadRow(together === 1 ? 'a member joins' : `${together} members join at the same time`, load.since()));
    if (told.some(({ rows }) => rows !== published.rows)) throw new Error('A member lacks rows.');
    joins.push({ together, told });
    team.push(...news);
  }
  const calls = (await served()) - callsOfOne;
  const size = team.length;
  const memory = Math.max(...joins.flatMap(({ told }) => told.map((each) => each.memory)));
  const took = ({ took }: Told) => took[0] ?? Number.NaN;
  const store = load.store();
  return [
    '## A team on one PostgreSQL: joining',
    '',
    `${grouped(published.rows)} rows of interworks, ${delay} ms a call, a process for each member, and the server, the sandbox and all members on one machine:`,
    'what they wait for each other is in the figures. fsync is on, shared_buffers 128 MB. Written by `npm run bench:team join`.',
    '',
    '| what | measured | beside it | wanted |',
    '|---|---|---|---|',
    row(
      `calls to the vendor, ${size} members`,
      grouped(calls),
      `one who is in no team: ${grouped(callsOfOne)}; ${size} of them: ${grouped(callsOfOne * size)}`,
      'as many as one',
    ),
    row('a full sync that is published', seconds(took(published)), `in no team ${seconds(took(alone))}`, ''),
    row(
      'the thread that handles keys, while its member syncs and publishes: late by',
      delays([published]),
      `in no team: ${delays([alone])}`,
      '',
    ),
    ...joins.map(({ together, told }) =>
      row(
        together === 1 ? 'a member joins' : `${together} members join at the same time`,
        together === 1
          ? seconds(Math.max(...told.map(took)))
          : `the first ${seconds(Math.min(...told.map(took)))}, the last ${seconds(Math.max(...told.map(took)))}`,
        `a full sync ${seconds(took(alone))}`,
        together === 1 ? 'faster than a sync' : '',
      ),
    ),
    ...joins.map(({ together, told }) =>
      row(
        `the thread that handles keys, while ${together === 1 ? 'its member joins' : `${together} join`}: late by`,
        delays(told),
        '',
        'p99 ≤ 16.7 ms',
      ),
    ),
    row('memory of a member, at most', `${memory.toFixed(0)} MB`, '', ''),
    row('the store', megabytes(store.bytes), `${(store.bytes / published.rows / 1024).toFixed(1)} KB a row`, ''),
    '',
    ...loadTable(loads),
    '',
    ...slowestTable(load),
  ];
}

function first(team: readonly Member[]): Member {
  const [found] = team;
  if (found === undefined) throw new Error('A team has members.');
  return found;
}

function delays(told: readonly Told[]): string {
  const most = (of: (each: Told) => number) => milliseconds(Math.max(...told.map(of)));
  return `p50 ${most(({ late }) => late.p50)}, p99 ${most(({ late }) => late.p99)}, at most ${most(({ late }) => late.max)}`;
}
