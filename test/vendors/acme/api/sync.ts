import * as v from 'valibot';
import type { Page, Reading, SyncScope } from '../../../../src/api/contract.ts';
import { pagesByNumber } from '../../../../src/api/http/paging.ts';
import type { ReadClient } from '../../../../src/api/http/read-client.ts';
import { listOf } from '../../../../src/api/identity.ts';
import { isBelow } from '../../../../src/api/is-below.ts';
import { readingsOf } from '../../../../src/api/readings.ts';
import { resumeOf, resumeStateOf } from '../../../../src/api/resume-state.ts';
import { numberField } from '../../../../src/api/wire-fields.ts';
import type { Fault } from '../../../../src/model/fault.ts';

interface AcmeList {
  readonly read: ReadClient;
  readonly connection: string;
  mapped(object: unknown): Reading | null;
}

const size = 25;

/** The only list; a branch is the whole list with the other rows removed. */
export async function* syncAcme(
  { read, connection, mapped }: AcmeList,
  { within, resume, signal }: SyncScope,
): AsyncGenerator<Page, void, undefined> {
  const state = resumeStateOf(resume);
  let missing: Fault[] = [];
  let { missed } = state;
  const onIncomplete = (fault: Fault) => {
    missing.push(fault);
    missed = true;
  };
  const pages = pagesByNumber<Reading>(
    async (page) => {
      const call = { path: '/subscriptions', asked: listOf({}), query: { page, size }, signal };
      const { items, total } = await read.get(call, v.object({ items: v.array(v.unknown()), total: numberField }));
      return { items: await readingsOf(items, mapped, { connection, onIncomplete }), total, size, hasNext: null };
    },
    { connection, size, start: state.at ?? undefined, onIncomplete, keyOf: ({ subscription }) => subscription.id },
  );
  for await (const { items, done, total, next } of pages) {
    yield {
      rows: items.filter(({ subscription }) => within === undefined || isBelow(subscription, within)),
      nodes: [],
      progress: { done, total },
      resume: resumeOf({ at: next, total, missed }),
      complete: next === null && !missed,
      missing,
      shortfall: 0,
    };
    missing = [];
  }
}
