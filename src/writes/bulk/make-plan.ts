import type { Clock } from '../../model/clock.ts';
import { type Fault, fault } from '../../model/fault.ts';
import type { Subscription } from '../../model/subscription.ts';
import { operationOf, type WriteRequest } from '../../operations/registry.ts';
import { connectionOf } from '../../operations/requests.ts';
import type { KnownConnections } from '../connections.ts';
import type { Plan, Writes } from '../contract.ts';
import { refuseTwice } from './plan-accounts.ts';
import { type BulkPlan, type BulkRow, newPlanId } from './plan-file.ts';

/** A write request and the row that was on screen when it was made. */
export interface PlanInput {
  readonly writeRequest: WriteRequest;
  readonly seen: Subscription | null;
}

export interface MadePlan {
  readonly plan: BulkPlan;
  /** What is not in the plan, and why: a fault, or a sentence if the request changes nothing. */
  readonly leftOut: readonly { readonly asked: PlanInput; readonly fault: Fault | null; readonly sentence: string }[];
}

export interface MakeParts {
  readonly writes: Pick<Writes, 'plan'>;
  readonly clock: Clock;
  readonly connections: KnownConnections;
}

export interface MakeOptions {
  readonly by: string;
  /** The assistant that asks for it; null: a person. */
  readonly proposedBy: string | null;
  /** The source of the write requests: a file's name, or `console`. */
  readonly source: string;
  /** Of all changes, for the journal. */
  readonly reason: string | null;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, count: number) => void;
}

/**
 * Reads every target from its vendor, asks for the drafts, and returns the plan to review. Sends nothing. Connections
 * are read in parallel, each one row after another. Rows keep their order. Throws a `refused` fault if one subscription
 * would be changed through two connections.
 */
export async function makeBulkPlan(
  { writes, clock, connections }: MakeParts,
  asked: readonly PlanInput[],
  { by, proposedBy, source, reason, signal, onProgress }: MakeOptions,
): Promise<MadePlan> {
  refuseTwice(
    asked.map(({ writeRequest }) => writeRequest),
    connections,
  );
  const found = new Map<PlanInput, Awaited<ReturnType<Writes['plan']>>>();
  const lanes = Map.groupBy(asked, ({ writeRequest }) => connectionOf(writeRequest));
  await Promise.all(
    [...lanes.values()].map(async (lane) => {
      for (const one of lane) {
        signal?.throwIfAborted();
        found.set(one, await writes.plan(one.writeRequest, one.seen, signal));
        onProgress?.(found.size, asked.length);
      }
    }),
  );
  const rows: BulkRow[] = [];
  const leftOut: MadePlan['leftOut'][number][] = [];
  for (const one of asked) {
    const planned = found.get(one);
    if (planned === undefined) continue;
    if (planned.kind === 'plan') rows.push(frozen(rows.length + 1, planned.plan));
    else if (planned.kind === 'nothing') leftOut.push({ asked: one, fault: null, sentence: planned.sentence });
    else leftOut.push({ asked: one, fault: planned.fault, sentence: planned.fault.message });
  }
  const createdAt = new Date(clock.now()).toISOString();
  return {
    plan: {
      ...{ format: 'subdeck-plan', version: 1, id: newPlanId(), createdAt, by },
      ...(proposedBy === null ? {} : { proposedBy }),
      ...{ source },
      ...(reason === null ? {} : { reason }),
      ...{ rows, unknownRows: [] },
    },
    leftOut,
  };
}

function frozen(row: number, plan: Plan): BulkRow {
  const { writeRequest } = plan;
  const { verb, ref, account, sentence, rule, irreversible, before, after, money, target, draft } = plan;
  const { newQuantity } = draft;
  const facts = { row, verb, ref, account, sentence, rule, irreversible, before: { ...before }, after: { ...after } };
  if (operationOf(writeRequest).secret(writeRequest) !== null)
    throw fault('broken', `A secret of ${verb} would be in a plan file.`, 'Report this.');
  return { ...facts, newQuantity, money, writeRequest, target };
}
