import { expect } from 'vitest';
import type { Journal } from '../../src/journal/journal.ts';
import type { Shop } from './shop.ts';

/**
 * Compares the journal with the ledger. Every effect belongs to exactly one entry that was durable before it; "done"
 * and "applied" entries have an effect, "refused" and "not applied" ones have none; the others claim nothing.
 */
export function check(journal: Journal, shop: Shop): void {
  const entries = journal.entries({ ref: null, state: null, since: null, limit: null });
  for (const effect of shop.ledger) {
    const owners = entries.filter(
      (entry) => entry.ref === `nordic/${effect.target}` && effectOf(entry.verb, entry.after) === effect.what,
    );
    expect([effect, owners.length]).toEqual([effect, 1]);
    expect([effect, journal.steps(owners[0]?.id ?? '').length > 0]).toEqual([effect, true]);
  }
  for (const { id, ref, verb, after, state } of entries) {
    const effects = shop.ledger.filter(
      ({ target, what }) => ref === `nordic/${target}` && what === effectOf(verb, after),
    );
    const claims = { done: 1, 'settled-applied': 1, refused: 0, 'settled-not-applied': 0 } as const;
    const claim = state in claims ? claims[state as keyof typeof claims] : Math.min(effects.length, 1);
    expect([id, state, effects.length]).toEqual([id, state, claim]);
  }
}

/** An effect in the shop's terms. */
function effectOf(verb: string, after: Readonly<Record<string, unknown>>): string {
  if (verb === 'cancel' || verb === 'delete') return verb;
  if (verb === 'addon-cancel') return `addon ${after.addonId}`;
  return Object.entries(after)
    .map(([name, value]) => `${name} ${value}`)
    .join();
}
