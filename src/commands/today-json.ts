import type { Missing } from '../today/connection-items.ts';
import type { Item } from '../today/item.ts';

/** An item of `today` and `handover` in JSON, key by key. */
export function itemJson(item: Item): object {
  const { kind, urgency, connection, ref, organization, name, why, deadline, next, cost, journalId } = item;
  return { kind, urgency, connection, ref, organization, name, why, deadline, next, cost, journalId };
}

export function missingJson({ connection, message, next }: Missing): object {
  return { connection, message, next };
}
