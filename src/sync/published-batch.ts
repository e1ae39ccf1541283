import type { Published } from '../store/cache-writer.ts';
import type { OwnPlace } from './published-row.ts';

/**
 * A change as a team's store has it. Another member wrote it, so its content is checked before it is used. Its bytes are base64: between
 * threads, texts are copied in a fraction of the time of buffers.
 */
export interface PublishedChange {
  readonly number: number;
  readonly kind: 'row' | 'node';
  readonly id: string;
  /** Null: it is gone, or this process published it. */
  readonly body: string | null;
  readonly isGone: boolean;
  readonly isMine: boolean;
  /** Milliseconds ago. */
  readonly age: number;
  readonly missingAge: number | null;
}

/** Changes of a connection in the order of their numbers, as they came from the store. */
export interface PublishedBatch {
  readonly place: OwnPlace;
  readonly changes: readonly PublishedChange[];
  /** When they came, by this machine's clock. */
  readonly now: number;
  readonly position: Published['position'];
  /** The last sync run that is part of what came before. */
  readonly endedBefore: string | null;
  readonly ended: Published['ended'];
  /** A part of a copy of the whole connection; null: what changed since the position before. */
  readonly copy: { readonly isFirst: boolean; readonly isLast: boolean } | null;
}

export interface TakenBatch {
  /** False: the connection is gone, or another program took the place of this copy. */
  readonly isTaken: boolean;
  readonly rows: number;
  /** Of another shape, of another version or damaged: left out. */
  readonly odd: number;
}

/** Takes a batch in transactions of so many changes, each with the position that it came to. */
export async function takeInParts(
  batch: PublishedBatch,
  atOnce: number,
  take: (of: Published) => boolean,
  between: () => Promise<void>,
): Promise<TakenBatch> {
  const { readBatch } = await import('./read-published.ts');
  let [rows, odd] = [0, 0];
  for (const [nth, part] of partsOf(batch, atOnce).entries()) {
    if (nth > 0) await between();
    const { of, odd: left } = readBatch(part);
    if (!take(of)) return { isTaken: false, rows, odd };
    rows += of.rows.length;
    odd += left;
  }
  return { isTaken: true, rows, odd };
}

function partsOf(batch: PublishedBatch, atOnce: number): readonly PublishedBatch[] {
  const { changes, position, endedBefore, ended, copy } = batch;
  const count = Math.max(1, Math.ceil(changes.length / atOnce));
  return Array.from({ length: count }, (_, nth) => {
    const isLast = nth === count - 1;
    const part = changes.slice(nth * atOnce, (nth + 1) * atOnce);
    const number = part.at(-1)?.number ?? position.number;
    return {
      ...batch,
      changes: part,
      position: isLast ? position : { ...position, number, ended: endedBefore },
      ended: isLast ? ended : null,
      copy: copy && { isFirst: copy.isFirst && nth === 0, isLast: copy.isLast && isLast },
    };
  });
}
