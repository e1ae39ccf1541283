import { readFileSync } from 'node:fs';
import { openTeamJournal } from '../../src/journal/postgres/open-team-journal.ts';
import { openDatabase } from '../../src/postgres/database.ts';
import { parseStoreUrl } from '../../src/postgres/store-url.ts';
import { thisProcess } from '../../src/system/process-mark.ts';
import { beginProcess } from '../../src/team/process-membership.ts';
import { aheadOf, realClock } from '../fault-server/clocks.ts';
import { createPoints } from './points.ts';
import type { WorkerOptions } from './worker.ts';
import { runWorker } from './worker-loop.ts';

/** A member's process, in a home of its own. */
export interface TeamWorkerOptions extends WorkerOptions {
  /** The member, and its login. */
  readonly as: string;
  readonly store: string;
  /** A file that says by how many milliseconds its clocks are ahead. Absent: they are not. */
  readonly ahead?: string;
}

const [text = ''] = process.argv.slice(2);
const { path, origin, as, store, ahead }: TeamWorkerOptions = JSON.parse(text);
const clock = ahead === undefined ? realClock : aheadOf(realClock, () => Number(readFileSync(ahead, 'utf8')));
const points = createPoints();
const database = points.database(openDatabase({ url: parseStoreUrl(store), password: async () => `${as}-password` }));
const journal = openTeamJournal({
  ...{ database, clock, path, author: as },
  begin: () => beginProcess(database, { as, osUser: as, mark: thisProcess(), version: '0.0.0' }),
});
await runWorker({ journal, clock, points, origin });
