import type { Journal } from '../../src/journal/journal.ts';
import type { JournalEntry } from '../../src/model/journal-entry.ts';
import type { Shop } from '../fault-server/shop.ts';

/**
 * Compares a journal with the ledger of applied effects. Every effect belongs to exactly one entry with a step that was
 * durable before it; "done" was applied once; "not applied" was not; other states claim nothing.
 * Every call was sent at most once.
 */
export function contradictions(journal: Journal, shop: Shop): readonly string[] {
  const entries = journal.entries({ ref: null, state: null, since: null, limit: null });
  const faults: string[] = [];
  const byEffect = Map.groupBy(entries, (entry) => effectOf(entry));
  const effects = Map.groupBy(shop.ledger, ({ target, what }) => `${target} ${what}`);
  for (const [effect, times] of effects) {
    const owners = byEffect.get(effect) ?? [];
    if (owners.length !== 1) faults.push(`${effect}: ${times.length} effects of ${owners.length} entries`);
    if (owners.some(({ id }) => journal.steps(id).length === 0))
      faults.push(`${effect}: an effect without a kept step`);
    if (times.length > 1) faults.push(`${effect}: applied ${times.length} times`);
  }
  for (const entry of entries) {
    const times = effects.get(effectOf(entry))?.length ?? 0;
    const claims: Partial<Record<JournalEntry['state'], number>> = {
      done: 1,
      'settled-applied': 1,
      refused: 0,
      'settled-not-applied': 0,
    };
    const claim = claims[entry.state];
    if (claim !== undefined && claim !== Math.min(times, 1)) {
      faults.push(`${effectOf(entry)}: called ${entry.state}, and was applied ${times} times`);
    }
  }
  return [...faults, ...sentTwice(shop, entries)];
}

/** The effect of an entry, in the terms of the shop's ledger. */
function effectOf({ ref, verb, after }: JournalEntry): string {
  const target = ref.slice(ref.indexOf('/') + 1);
  switch (verb) {
    case 'cancel':
    case 'delete':
      return `${target} ${verb}`;
    case 'addon-cancel':
      return `${target} addon ${after.addonId}`;
    case 'create':
      return `${after.name} create ${after.quantity}`;
    case 'renewal-set':
      return `${target} renewal ${typeOf(after.renewal)}`;
    case 'reservation-create':
    case 'reservation-withdraw':
      return `${target} reservation ${typeOf(after.reservation)}`;
    default:
      return `${target} ${Object.entries(after)
        .map(([name, value]) => `${name} ${value}`)
        .join()}`;
  }
}

function typeOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'type' in value ? String(value.type) : 'none';
}

function sentTwice(shop: Shop, entries: readonly JournalEntry[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const call of shop.calls) if (!call.startsWith('GET')) counts.set(call, (counts.get(call) ?? 0) + 1);
  const most = (call: string): number => {
    if (call === 'POST /subs') return entries.filter(({ verb }) => verb === 'create').length;
    return call === 'POST /orders' ? entries.filter(({ verb }) => verb === 'set-quantity').length : 1;
  };
  return [...counts].flatMap(([call, times]) => (times > most(call) ? [`${call}: sent ${times} times`] : []));
}
