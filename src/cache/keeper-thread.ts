import type { MessagePort } from 'node:worker_threads';
import type { Clock } from '../model/clock.ts';
import type { PassMark } from './book.ts';
import { breathe } from './breathe.ts';
import { databaseOn } from './database.ts';
import { openFile } from './file.ts';
import { type KeeperAnswer, type KeeperOrder, outOfTexts } from './keeper-orders.ts';
import { troubleOf } from './trouble.ts';
import { type Writer, writerOn } from './writer.ts';

type OpenPass = NonNullable<ReturnType<Writer['pass']>>;

interface Open {
  readonly file: number;
  readonly writer: Writer;
  readonly passes: Map<number, OpenPass>;
  close(): void;
}

const gone = { damaged: false, why: 'its connection was removed meanwhile' } as const;
const untidyRows = 512;

/** The other side of `keepBeside`: obeys one order after the other, on a cache file that it opens for itself. */
export function obeyKeeperOrders(port: MessagePort, path: string, clock: Clock): void {
  const queue: KeeperOrder[] = [];
  let open: Open | null = null;

  /** The file that stands there now: an older one was set aside. */
  function fileOf({ file }: PassMark): Open {
    if (open?.file === file) return open;
    open?.close();
    const database = databaseOn(openFile(path));
    const writer = writerOn(database, { clock, untidyRows }, () => null);
    open = { file, writer, passes: new Map(), close: database.close };
    return open;
  }

  function passOf(mark: PassMark): OpenPass | null {
    const { writer, passes } = fileOf(mark);
    const pass = passes.get(mark.id) ?? writer.pass(mark);
    if (pass !== null) passes.set(mark.id, pass);
    return pass;
  }

  function obey(order: KeeperOrder): KeeperAnswer | Promise<KeeperAnswer> {
    switch (order.do) {
      case 'keep': {
        const pass = passOf(order.mark);
        if (pass === null) return { trouble: gone, more: false };
        pass.keepPage(outOfTexts(order.mark.connection, order.page));
        // Not beside the next page: that would undo half of it.
        while (open?.writer.tidy('between-pages'));
        return { trouble: null, more: false };
      }
      case 'finish':
        passOf(order.mark)?.finish(order.outcome);
        open?.passes.delete(order.mark.id);
        return { trouble: null, more: false };
      case 'tidy':
        return tidy();
      case 'rest':
        return { trouble: null, more: false };
    }
  }

  async function tidy(): Promise<KeeperAnswer> {
    while (open?.writer.tidy() === true) {
      await breathe();
      if (queue.length > 1) return { trouble: null, more: true };
    }
    return { trouble: null, more: false };
  }

  async function answerTo(order: KeeperOrder): Promise<KeeperAnswer> {
    try {
      return await obey(order);
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === null) throw error;
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

  port.on('message', (order: KeeperOrder) => {
    queue.push(order);
    if (queue.length === 1) void obeyAll();
  });
}
