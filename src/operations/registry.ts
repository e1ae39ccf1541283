import type { WriteAbilityName } from '../api/contract.ts';
import { fault } from '../model/fault.ts';
import { addonCancel } from './addon-cancel.ts';
import { cancel } from './cancel.ts';
import { create } from './create.ts';
import { deleteSubscription } from './delete.ts';
import type { ChangeOperation, CreationOperation, OperationRequest } from './operation.ts';
import { reactivate } from './reactivate.ts';
import { renewalSet } from './renewal-set.ts';
import { reservationCreate } from './reservation-create.ts';
import { reservationWithdraw } from './reservation-withdraw.ts';
import { setLicense } from './set-license.ts';
import { setPoNumber } from './set-po-number.ts';
import { setQuantity } from './set-quantity.ts';
import { suspend } from './suspend.ts';
import { update } from './update.ts';

/**
 * Every operation, in the order of menus, help and docs: the most frequent first, those that end a subscription last.
 */
const declared = [
  setQuantity,
  update,
  setPoNumber,
  renewalSet,
  reservationCreate,
  reservationWithdraw,
  setLicense,
  suspend,
  reactivate,
  addonCancel,
  cancel,
  deleteSubscription,
  create,
] as const;

type Declared = (typeof declared)[number];
type AbilityOf<O> = O extends { readonly abilities: infer Own } ? keyof Own : never;
/**
 * Write abilities that no operation declares as its own: with any, `operations` does not compile, and the error names
 * it.
 */
type Unclaimed = Exclude<WriteAbilityName, AbilityOf<Declared>>;
export type OperationId = Declared['id'];
/** A request from the console, the command line or a file, before planning. */
export type WriteRequest = ReturnType<Declared['request']>;

export type SubscriptionOperation = ChangeOperation<OperationId, WriteRequest, never>;
export type NewSubscriptionOperation = CreationOperation<OperationId, WriteRequest, never>;
/** Any operation. */
export type Operation = SubscriptionOperation | NewSubscriptionOperation;

export const operations: [Unclaimed] extends [never] ? readonly Operation[] : Unclaimed = declared;

const byId: ReadonlyMap<string, Operation> = new Map(operations.map((operation) => [operation.id, operation]));

/** Null: an id unknown to this version, from another version's journal or plan file. */
export function findOperation(id: string): Operation | null {
  return byId.get(id) ?? null;
}

/** The operation of a request or a plan. */
export function operationOf({ verb }: OperationRequest & { readonly verb: OperationId }): Operation {
  const found = byId.get(verb);
  if (found === undefined) throw fault('broken', `There is no operation ${verb}.`, 'Report this.');
  return found;
}
