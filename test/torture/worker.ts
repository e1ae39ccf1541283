import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { realClock } from '../fault-server/clocks.ts';
import { createPoints } from './points.ts';
import { runWorker } from './worker-loop.ts';

/** A process whose journal is a file. */
export interface WorkerOptions {
  readonly path: string;
  readonly origin: string;
}

const [text = ''] = process.argv.slice(2);
const { path, origin }: WorkerOptions = JSON.parse(text);
const journal = openJournal(path, { clock: realClock });
await runWorker({ journal, clock: realClock, points: createPoints(), origin });
