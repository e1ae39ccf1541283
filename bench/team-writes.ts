import { setTimeout as pause } from 'node:timers/promises';
import { type Member, say, type TeamBench } from './team-fixture.ts';
import { loadRow, loadTable, milliseconds, perSecond, row, slowestTable, spread } from './team-table.ts';
import { quantile } from './terminal.ts';

const size = 10;
const writesAlone = 200;
const writesOfEach = 20;
const idleMilliseconds = 5_000;

/** What the journal in the store adds to a write. The rows of the account do not matter to it: nobody reads them. */
export async function measureWrites({ single, member, load }: TeamBench): Promise<readonly string[]> {
  say('writes, journalled in a file');
  const alone = await single();
  const inFile = (await alone.ask({ do: 'write', times: writesAlone })).took;
  await alone.leave();
  say('writes, journalled in the store: by one alone, by one of ten, by all at once');
  const first = await member('desk-0');
  const team: Member[] = [first];
  load.mark();
  await pause(idleMilliseconds);
  const idle = load.since();
  load.mark();
  const inStore = (await first.ask({ do: 'write', times: writesAlone })).took;
  const ofOne = load.since();
  while (team.length < size) team.push(await member(`desk-${team.length}`));
  load.mark();
  const followed = (await first.ask({ do: 'write', times: writesAlone })).took;
  const ofFollowed = load.since();
  load.mark();
  const told = await Promise.all(team.map((each) => each.ask({ do: 'write', times: writesOfEach })));
  const ofAll = load.since();
  const together = told.flatMap(({ took }) => took);
  // Without what it asks while nothing happens.
  const roundTrips = (ofOne.statements - perSecond(idle, 'statements') * ofOne.seconds) / writesAlone;
  return [
    '## A team on one PostgreSQL: writes',
    '',
    'What the journal keeps of a write of one step: the intent, the step, its answer and the end, without the vendor. fsync is on. Written by',
    '`npm run bench:team writes`.',
    '',
    '| what | measured | beside it |',
    '|---|---|---|',
    row('a journalled write of one step, in a file', spread(inFile), `${writesAlone} writes`),
    row('the same in the store, by the only member', spread(inStore), added(inStore, inFile)),
    row('round trips of such a write', roundTrips.toFixed(1), 'beyond what is asked anyway'),
    row(`the same by one, while ${size - 1} follow the journal`, spread(followed), added(followed, inFile)),
    row(
      `the same by ${size} members at once`,
      spread(together),
      `${writesOfEach} writes each; ${added(together, inFile)}`,
    ),
    '',
    ...loadTable([
      loadRow('one member, nothing happens', idle),
      loadRow('the only member writes', ofOne),
      loadRow(`one member writes, ${size - 1} follow`, ofFollowed),
      loadRow(`${size} members write at once`, ofAll),
    ]),
    '',
    ...slowestTable(load),
  ];
}

function added(these: readonly number[], those: readonly number[]): string {
  const more = (share: number) => milliseconds(quantile(these, share) - quantile(those, share));
  return `added: p50 ${more(0.5)}, p99 ${more(0.99)}`;
}
