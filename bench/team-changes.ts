import { setTimeout as pause } from 'node:timers/promises';
import { type Member, say, type TeamBench } from './team-fixture.ts';
import type { ServerLoad } from './team-server-load.ts';
import { grouped, loadRow, loadTable, milliseconds, perSecond, row, slowestTable, spread } from './team-table.ts';

const sizes = [2, 5, 10] as const;
/** The team that the growth is continued to. */
const larger = 50;
const idleMilliseconds = 8_000;
/** Longer than a poll: changes fall anywhere between two of them. */
const betweenChanges = 1_000;

/** One size of the team. */
interface Growth {
  readonly size: number;
  readonly idle: ServerLoad;
  readonly changing: ServerLoad;
  /** By change: from it to each other member, in milliseconds. */
  readonly times: readonly (readonly number[])[];
}

/** How fast a change is on every screen, what the server does meanwhile, and how both grow with the team. */
export async function measureChanges(bench: TeamBench): Promise<readonly string[]> {
  const { changes, load } = bench;
  say('a sync by the first member, and a join');
  const team = [await bench.member('desk-0')];
  const published = await team[0]?.ask({ do: 'sync' });
  const second = await bench.member('desk-1');
  const joined = await second.ask({ do: 'sync' });
  if (published === undefined || joined.rows !== published.rows) throw new Error('A member lacks rows.');
  // The others begin with what that one has.
  await second.leave();
  load.settle();
  const growth: Growth[] = [];
  for (const size of sizes) {
    while (team.length < size) team.push(await bench.member(`desk-${team.length + 1}`, second.home));
    say(`${size} members, nothing happens`);
    await Promise.all(team.map((each) => each.ask({ do: 'sync' })));
    load.mark();
    await pause(idleMilliseconds);
    const idle = load.since();
    say(`${size} members, ${changes} changes`);
    load.mark();
    const times = await changeTimes(team, published.id, changes);
    growth.push({ size, idle, changing: load.since(), times });
  }
  const all = growth.flatMap(({ times }) => times.flat());
  const first = growth.flatMap(({ times }) => times[0] ?? []);
  const later = growth.flatMap(({ times }) => times.slice(1).flat());
  const onwards = (of: (each: Growth) => number) => onward(growth, of);
  return [
    '## A team on one PostgreSQL: changes',
    '',
    `${grouped(published.rows)} rows; a change is a row that one member reads by itself, about one each second, on each size of the team ${changes}.`,
    'The members follow with the connection that a console has. Written by `npm run bench:team changes`.',
    '',
    '| what | measured | beside it | wanted |',
    '|---|---|---|---|',
    row('from a change to each member', spread(all), `${grouped(all.length)} times`, 'p99 ≤ 2 s'),
    row(
      'the first after a quiet time',
      `${spread(first)}, at most ${milliseconds(Math.max(...first))}`,
      'every member starts its page writer’s thread, on one machine',
      '',
    ),
    row('the later ones', `${spread(later)}, at most ${milliseconds(Math.max(...later))}`, '', ''),
    '',
    ...loadTable(
      growth.flatMap((each) => [
        loadRow(`${each.size} members, nothing happens`, each.idle),
        loadRow(`${each.size} members, a change about each second`, each.changing),
      ]),
    ),
    '',
    `Growth, and what a straight line through the first and the last size says of ${larger} members.`,
    '',
    '| members | change to each member | idle: statements a second | idle: CPU seconds a second | connections |',
    '|--:|---|--:|--:|--:|',
    ...growth.map(({ size, idle, times }) =>
      row(
        `${size}`,
        spread(times.flat()),
        perSecond(idle, 'statements').toFixed(1),
        perSecond(idle, 'cpuSeconds').toFixed(3),
        `${idle.connections}`,
      ),
    ),
    row(
      `${larger}`,
      'not measured',
      onwards(({ idle }) => perSecond(idle, 'statements')).toFixed(0),
      onwards(({ idle }) => perSecond(idle, 'cpuSeconds')).toFixed(2),
      onwards(({ idle }) => idle.connections).toFixed(0),
    ),
    '',
    ...slowestTable(load),
  ];
}

/** From a change in one member's cache to each other one's, in turns; milliseconds. */
async function changeTimes(
  team: readonly Member[],
  id: string,
  changes: number,
): Promise<readonly (readonly number[])[]> {
  const times: number[][] = [];
  for (let nth = 0; nth < changes; nth += 1) {
    const [author, others] = [team[nth % team.length], team.filter((_, at) => at !== nth % team.length)];
    if (author === undefined) throw new Error('A team has members.');
    await pause(Math.random() * betweenChanges);
    const quantity = 1_000_000 + Math.floor(Math.random() * 1_000_000);
    const seen = others.map((other) => other.ask({ do: 'expect', id, quantity }));
    const { at } = await author.ask({ do: 'change', id, quantity });
    times.push((await Promise.all(seen)).map((each) => each.at - at));
  }
  return times;
}

/** A straight line through the first and the last size. */
function onward(growth: readonly Growth[], of: (each: Growth) => number): number {
  const [first, last] = [growth[0], growth.at(-1)];
  if (first === undefined || last === undefined || first === last) return Number.NaN;
  const each = (of(last) - of(first)) / (last.size - first.size);
  return of(last) + each * (larger - last.size);
}
