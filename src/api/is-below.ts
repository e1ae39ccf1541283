import type { Pin } from '../model/scope.ts';
import type { Named, Subscription } from '../model/subscription.ts';
import type { NodeFact } from './contract.ts';

/** Whether a row stands below a node, for vendors that cannot be asked for one branch. */
export function isBelow(row: Subscription, pin: Pin): boolean {
  if (pin.level === 'service') {
    return pin.id === null ? row.services.length === 0 : row.services.some((service) => service.id === pin.id);
  }
  return idOf(row[pin.level]) === pin.id;
}

/** Whether a node is the pinned one or stands below it. */
export function isNodeBelow(node: NodeFact, pin: Pin): boolean {
  if (node.level === pin.level) return node.id === pin.id;
  return node.parents.some((parent) => parent.level === pin.level && parent.id === pin.id);
}

function idOf(named: Named | null): string | null {
  return named === null ? null : named.id;
}
