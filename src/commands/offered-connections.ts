import { isConnectionName } from '../model/connection-name.ts';
import { mistakesIn } from '../model/setting-check.ts';
import type { ConnectionSettings } from '../model/settings.ts';
import { shellWord } from '../model/shell-word.ts';
import { characterFault } from '../model/text-check.ts';
import type { VendorId } from '../model/vendor.ts';
import type { OfferedConnection } from '../team/join-store.ts';
import { shownSettings } from './connection-row.ts';
import type { Context } from './context.ts';

/** `nordic`, else `nordic-2` and so on; null: no name is left. */
function freeName(wanted: string, taken: ReadonlySet<string>): string | null {
  const names = [wanted, ...Array.from({ length: 98 }, (_, nth) => `${wanted}-${nth + 2}`)];
  return names.find((name) => isConnectionName(name) && !taken.has(name)) ?? null;
}

/** A connection that the team has and this installation lacks. */
export interface OfferRow {
  /** The team's, or with a number where it is taken here. */
  readonly name: string;
  readonly vendor: VendorId;
  readonly settings: Readonly<Record<string, string>>;
  readonly member: string;
  /** Adds it here; its secrets are asked for then. */
  readonly command: string;
}

/**
 * What of the team's connections can be added here. It is other members' text: what a vendor does not declare, or would not be
 * accepted if it was typed here, is left out.
 */
export function offerRows(
  { setup, settings }: Pick<Context, 'settings' | 'setup'>,
  offered: readonly OfferedConnection[],
): readonly OfferRow[] {
  const own = new Set(Object.values(settings.connections).map(identityOf));
  const taken = new Set(Object.keys(settings.connections));
  return offered.flatMap(({ name: theirs, vendor, settings: values, member }) => {
    const kind = setup.vendors.find(({ id }) => id === vendor);
    if (kind === undefined || !isConnectionName(theirs) || characterFault('', member) !== null) return [];
    if (mistakesIn(values, kind.declarations).length > 0) return [];
    if (Object.values(values).some((value) => characterFault('', value) !== null)) return [];
    if (own.has(identityOf({ vendor: kind.id, values }))) return [];
    const shown = shownSettings(values);
    const name = freeName(theirs, taken);
    if (name === null) return [];
    taken.add(name);
    const pairs = Object.entries(shown).map(([key, value]) => shellWord(`${key}=${value}`));
    const command = ['subdeck connection add', shellWord(name), '--vendor', shellWord(kind.id), ...pairs].join(' ');
    return [{ name, vendor: kind.id, settings: shown, member, command }];
  });

  /** The account, and what chooses the part of it that is seen. */
  function identityOf({ vendor, values }: ConnectionSettings): string {
    const kind = setup.vendors.find(({ id }) => id === vendor);
    const choosing = (kind?.declarations ?? []).filter(({ kind: of }) => of === 'id').map(({ name }) => values[name]);
    return JSON.stringify([setup.accountOf({ vendor, values }), choosing]);
  }
}
