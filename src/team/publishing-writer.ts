import { setImmediate as breathe } from 'node:timers/promises';
import type { Page, Reading } from '../api/contract.ts';
import { likenessOf } from '../model/account.ts';
import type { Clock } from '../model/clock.ts';
import { FaultError } from '../model/fault.ts';
import type { BatchPace } from '../postgres/batch-pace.ts';
import type { Patience } from '../postgres/database.ts';
import type { SyncRun } from '../store/cache-writer.ts';
import type { PageWriter } from '../sync/page-writer.ts';
import { idBytes, nodeKey, type OwnPlace, packedNode, packedRow } from '../sync/published-row.ts';
import type { Publication, SyncStore } from './sync-store.ts';

export interface ReadRight {
  readonly store: SyncStore;
  readonly process: string;
  readonly scope: number;
  readonly branch: string;
  readonly place: OwnPlace;
  readonly clock: Pick<Clock, 'now' | 'wait'>;
  readonly pace: BatchPace;
  /** The lease was lost: another member may read by now. */
  isLost(): boolean;
}

/** A slow answer is no reason to let everybody else read the account again: publishing the same twice changes nothing. */
const tries = 5;
const pause = 1_000;
/** Rows that are compressed in a row, so that keys are handled in between. */
const packedAtOnce = 25;

export function publicationOf({ subscription, raw }: Reading, place: OwnPlace, now: number): Publication {
  const age = now - Date.parse(subscription.readAt);
  const likeness = likenessOf(subscription);
  return { kind: 'row', id: idBytes(subscription.id), body: packedRow({ subscription, raw }, place), age, likeness };
}

export function gonePublication(id: string): Publication {
  return { kind: 'row', id: idBytes(id), body: null, age: 0, likeness: null };
}

/**
 * Publishes what a page writer kept, in the background: one statement is under way while the next page is kept. What cannot be published is
 * left out, and the run then counts as not ended for the others.
 */
export function publishingWriter(writer: PageWriter, right: ReadRight): PageWriter & { isEnded(): boolean } {
  const { store, process, scope, branch, place, clock, pace, isLost } = right;
  const listed = new Map<string, Buffer>();
  let underWay: Promise<void> = Promise.resolve();
  let hasFailed = false;
  let isEnded = false;

  async function trying(work: () => Promise<void>): Promise<void> {
    for (let nth = 1; !hasFailed; nth += 1) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof FaultError)) throw error;
        if (nth < tries) await clock.wait(pause);
        else hasFailed = true;
      }
    }
  }

  /** In parts, each of them again until it is published or the store is given up. */
  async function inParts<Item>(
    items: readonly Item[],
    publish: (part: readonly Item[], patience: Patience) => Promise<void>,
  ): Promise<void> {
    for (let first = 0; first < items.length && !hasFailed; ) {
      await trying(async () => {
        first += await pace.once(async (rows, patience) => {
          const part = items.slice(first, first + rows);
          await publish(part, patience);
          return part.length;
        });
      });
    }
  }

  const publishAll = (news: readonly Publication[]) =>
    inParts(news, (part, patience) => store.publish(process, scope, part, patience));

  async function publishPage({ rows, nodes }: Page): Promise<void> {
    const news: Publication[] = nodes.map((node) => ({
      ...{ kind: 'node', id: nodeKey(node), body: packedNode(node, place), age: 0, likeness: null },
    }));
    for (const [nth, row] of rows.entries()) {
      if (nth % packedAtOnce === 0) await breathe();
      news.push(publicationOf(row, place, clock.now()));
    }
    await publishAll(news);
  }

  async function finished(run: SyncRun, fates: Awaited<ReturnType<PageWriter['finish']>>, isWhole: boolean) {
    await publishAll(fates.gone.map(gonePublication));
    await inParts(fates.missing.map(idBytes), (part) => store.publishMissing(process, scope, part));
    // A run that went on where another had stopped listed only the rest.
    if (isWhole && run.resume === null) await trying(() => store.retireNodes(process, scope, [...listed.values()]));
  }

  return {
    width: writer.width,
    wake: () => writer.wake(),
    expect: (run) => writer.expect(run),
    async keepPage(run, page, before, signal) {
      await writer.keepPage(run, page, before, signal);
      for (const node of page.nodes) listed.set(JSON.stringify([node.level, node.id]), nodeKey(node));
      await underWay;
      underWay = publishPage(page);
      underWay.catch(() => undefined);
    },
    unseen: (run, atMost) => writer.unseen(run, atMost),
    async finish(run, outcome) {
      const fates = await writer.finish(run, outcome);
      await underWay;
      const lacksNothing = outcome.complete && outcome.fault === null && run.resume === null;
      if (outcome.ended) await finished(run, fates, lacksNothing && branch === '');
      const ended = outcome.ended && !hasFailed && !isLost();
      await trying(() => store.end(process, scope, branch, { ended, complete: ended && lacksNothing }));
      isEnded = true;
      return fates;
    },
    tidy: (signal) => writer.tidy(signal),
    isEnded: () => isEnded,
  };
}
