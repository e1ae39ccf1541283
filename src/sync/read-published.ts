import type { Reading } from '../api/contract.ts';
import type { Published } from '../store/cache-writer.ts';
import type { PublishedBatch } from './published-batch.ts';
import { idOfBytes, nodeOfKey, unpackedNode, unpackedRow } from './published-row.ts';

/** Checks what other members published. `odd`: how much of it cannot be read, and is left out. */
export function readBatch(batch: PublishedBatch): { readonly of: Published; readonly odd: number } {
  const { place, changes, now, position, ended, copy } = batch;
  const rows: (Reading & { readonly missingSince: string | null })[] = [];
  const nodes: Published['nodes'][number][] = [];
  const gone: Published['gone'][number][] = [];
  const unlisted: Published['unlisted'][number][] = [];
  const ids: string[] = [];
  let odd = 0;
  for (const { kind, id: named, body, isGone, isMine, age, missingAge } of changes) {
    const at = now - Math.max(0, age);
    if (kind === 'node') {
      const key = nodeOfKey(bytes(named));
      const node = body === null ? null : unpackedNode(bytes(body), place);
      if (key === null) odd += 1;
      else if (isMine) continue;
      else if (isGone) unlisted.push(key);
      else if (node === null || node.level !== key.level || node.id !== key.id) odd += 1;
      else nodes.push(node);
      continue;
    }
    const id = idOfBytes(bytes(named));
    if (id === null) {
      odd += 1;
      continue;
    }
    if (!isGone) ids.push(id);
    if (isMine) continue;
    const reading = body === null ? null : unpackedRow(bytes(body), id, at, place);
    const missingSince = missingAge === null ? null : new Date(now - Math.max(0, missingAge)).toISOString();
    if (isGone) gone.push({ id, at });
    else if (reading === null) odd += 1;
    else rows.push({ ...reading, missingSince });
  }
  const { connection } = place;
  return { of: { connection, rows, nodes, gone, unlisted, ended, position, copy: copy && { ...copy, ids } }, odd };
}

function bytes(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}
