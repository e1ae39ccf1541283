import type { Fault } from '../../model/fault.ts';
import type { Pin } from '../../model/scope.ts';
import type { NodeFact, Page, SyncScope } from '../contract.ts';
import { isBelow, isNodeBelow } from '../is-below.ts';
import { narrowedOrWhole } from '../narrowed-or-whole.ts';
import { readingsOf } from '../readings.ts';
import { movedMeanwhile, resumeOf, resumeStateOf } from '../resume-state.ts';
import type { InterworksClient } from './client.ts';
import { accountOf } from './map.ts';
import { pinCondition } from './search.ts';

/**
 * First the accounts, including those without subscriptions, then the subscriptions, page by page. Can be resumed after
 * every page of subscriptions. A single account or product is queried directly, and not resumed; its account is known
 * already while the whole list is being read.
 */
export async function* syncInterworks(
  client: InterworksClient,
  { within, resume, onlyNarrow = false, signal }: SyncScope,
): AsyncGenerator<Page> {
  const ahead = client.width;
  const state = resumeStateOf(resume);
  const incompletes: Fault[] = [];
  const onIncomplete = (fault: Fault) => incompletes.push(fault);
  let missed = state.missed;
  let lacking = 0;
  const onShortfall = (rows: number) => {
    lacking += rows;
  };
  const collect = (more: readonly Fault[] = []): readonly Fault[] => {
    const missing = [...incompletes.splice(0), ...more];
    if (missing.length > 0) missed = true;
    return missing;
  };

  if (state.at === null && !onlyNarrow) {
    const accounts = client.pages({ path: '/api/accounts', signal }, { ahead, onIncomplete, onShortfall });
    for await (const { items } of accounts) {
      const nodes = items.flatMap((item) => accountNode(client, item));
      yield {
        rows: [],
        nodes: within ? nodes.filter((node) => isNodeBelow(node, within)) : nodes,
        progress: { done: 0, total: null },
        resume: null,
        complete: false,
        missing: collect(),
        shortfall: lacking,
      };
      lacking = 0;
    }
  }

  const branch = within ? pinCondition(within) : null;
  const start = branch === null ? (state.at ?? undefined) : undefined;
  const options = { ahead, onIncomplete, onShortfall };
  const whole = () => client.pages({ path: '/api/subscriptions', signal }, { ...options, start });
  const list =
    branch === null
      ? whole()
      : narrowedOrWhole(
          client.pages({ path: '/api/subscriptions', query: { $filter: branch }, signal }, options),
          onlyNarrow ? null : whole,
          // That the list supports the property is an assumption: an empty answer is verified.
          ({ items, next }) => items.length === 0 && next === null,
        );
  for await (const page of list) {
    const { items, done, total, next } = page;
    const faults: Fault[] = [];
    const doubted = { connection: client.connection, onIncomplete: (fault: Fault) => faults.push(fault) };
    const rows = await readingsOf(items, client.reading, doubted);
    if (state.total !== null && total !== null && total !== state.total && start !== undefined && !missed) {
      faults.push(movedMeanwhile(client.connection));
    }
    const missing = collect(faults);
    yield {
      rows: within ? rows.filter(({ subscription }) => isBelow(subscription, within)) : rows,
      nodes: [],
      progress: { done, total },
      resume: branch === null ? resumeOf({ at: next, total, missed }) : null,
      complete: next === null && !missed,
      missing,
      shortfall: lacking,
    };
    lacking = 0;
  }
}

function accountNode(client: InterworksClient, item: unknown): readonly NodeFact[] {
  const account = accountOf(item);
  if (account === null) return [];
  const { connection, implied } = client;
  const parents: readonly Pin[] = [
    { level: 'seller', connection, id: implied.id },
    { level: 'reseller', connection, id: implied.id },
  ];
  return [{ ...account, level: 'organization', parents }];
}
