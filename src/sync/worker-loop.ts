import { setImmediate as breathe } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import type { Clock } from '../model/clock.ts';
import { openFile } from '../store/cache-file.ts';
import type { FileTrouble, SyncRunMark } from '../store/cache-writer.ts';
import { databaseOn } from '../store/database.ts';
import { connectionGone, troubleOf } from '../store/file-trouble.ts';
import { type FileWriter, fileWriterOn } from '../store/file-writer.ts';
import { takeInParts } from './published-batch.ts';
import { outOfTexts, type WorkerAnswer, type WorkerOrder } from './worker-messages.ts';

type OpenRun = NonNullable<ReturnType<FileWriter['writeRun']>>;

interface Open {
  readonly file: number;
  readonly writer: FileWriter;
  readonly runs: Map<number, OpenRun>;
  settle(): void;
  close(): void;
}

const untidyRows = 512;
/** Changes of other members in one transaction: this process and others may write in between. */
const publishedAtOnce = 250;
/** Checking whether too many rows wait for index and rank takes as long as writing some. */
const rowsBetweenLooks = 4096;
const done: WorkerAnswer = { trouble: null, more: false };

/**
 * The worker's side of `writePagesBeside`: handles one request after the other, on a cache file that it opens itself.
 */
export function serveOrders(port: MessagePort, path: string, clock: Clock): void {
  const queue: WorkerOrder[] = [];
  /** Sync runs with a failed page: no later page may be written, or the run would resume after the gap. */
  const broken = new Map<string, FileTrouble>();
  let open: Open | null = null;
  let rowsSinceLook = 0;

  /** The current file: an older one was set aside. */
  function fileOf(file: number): Open {
    if (open?.file === file) return open;
    open?.close();
    const database = databaseOn(openFile(path, 'asPageWriter'));
    const writer = fileWriterOn(database, { clock, untidyRows }, () => null);
    open = { file, writer, runs: new Map(), settle: database.settle, close: database.close };
    return open;
  }

  function runOf(mark: SyncRunMark): OpenRun | null {
    const { writer, runs } = fileOf(mark.file);
    const run = runs.get(mark.id) ?? writer.writeRun(mark);
    if (run !== null) runs.set(mark.id, run);
    return run;
  }

  function obey(order: WorkerOrder): WorkerAnswer | Promise<WorkerAnswer> {
    switch (order.do) {
      case 'expect':
        runOf(order.mark);
        return done;
      case 'keep': {
        const trouble = broken.get(nameOf(order.mark)) ?? null;
        if (trouble !== null) return { trouble, more: false };
        const page = outOfTexts(order.mark.connection, order.page);
        if (runOf(order.mark)?.keepPage(page) !== true) return { trouble: connectionGone, more: false };
        written(page.rows.length);
        return done;
      }
      case 'unseen': {
        const unseen = runOf(order.mark)?.unseen(order.atMost);
        return { ...done, ...(unseen && { unseen }) };
      }
      case 'finish': {
        const fates = runOf(order.mark)?.finish(order.outcome);
        open?.runs.delete(order.mark.id);
        broken.delete(nameOf(order.mark));
        return { ...done, ...(fates && { fates }) };
      }
      case 'take over':
        return takeOver(order);
      case 'tidy':
        return tidy();
      case 'rest':
        return done;
    }
  }

  async function takeOver({ file, batch }: Extract<WorkerOrder, { do: 'take over' }>): Promise<WorkerAnswer> {
    const { writer } = fileOf(file);
    const taken = await takeInParts(batch, publishedAtOnce, writer.takePublished, async () => undefined);
    written(taken.rows);
    return { ...done, taken };
  }

  /** Not while the next page is pending: that would undo half of it. */
  function written(rows: number): void {
    rowsSinceLook += rows;
    if (rowsSinceLook < rowsBetweenLooks) return;
    rowsSinceLook = 0;
    while (open?.writer.tidy('between-pages'));
  }

  async function tidy(): Promise<WorkerAnswer> {
    while (open?.writer.tidy() === true) {
      await breathe();
      if (queue.length > 1) return { trouble: null, more: true };
    }
    open?.settle();
    return done;
  }

  async function answerTo(order: WorkerOrder): Promise<WorkerAnswer> {
    try {
      return await obey(order);
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === null) throw error;
      if (order.do === 'keep') broken.set(nameOf(order.mark), trouble);
      if (order.do === 'finish') broken.delete(nameOf(order.mark));
      if (trouble.damaged) {
        open?.close();
        open = null;
      }
      return { trouble, more: false };
    }
  }

  async function obeyAll(): Promise<void> {
    for (let order = queue[0]; order !== undefined; order = queue[0]) {
      port.postMessage(await answerTo(order));
      queue.shift();
    }
  }

  port.on('message', (order: WorkerOrder) => {
    queue.push(order);
    if (queue.length === 1) void obeyAll();
  });
}

function nameOf({ file, id }: SyncRunMark): string {
  return `${file} ${id}`;
}
