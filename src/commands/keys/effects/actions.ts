import type { Abilities, AbilityName } from '../../../api/contract.ts';
import { FaultError } from '../../../model/fault.ts';
import { paletteWords } from '../../../model/palette-words.ts';
import type { Subscription } from '../../../model/subscription.ts';
import type { Input } from '../../../operations/input.ts';
import { type Operation, operations, type WriteRequest } from '../../../operations/registry.ts';
import { requestOf } from '../../../operations/requests.ts';
import type { DeclaredVendor } from '../../context.ts';
import type { Action, Impossible } from './fold-entries.ts';
import { presentOf } from './input-fields.ts';

/** The values of a form as a write request, or why they are invalid. */
export type RequestedWrite =
  | { readonly ok: true; readonly writeRequest: WriteRequest }
  | { readonly ok: false; readonly problem: string };

/** Every operation on a subscription. */
export function actionsOn(row: Subscription, vendor: DeclaredVendor): readonly Action[] {
  return operations.flatMap(({ id, menu, needs, pointless }): readonly Action[] => {
    if (menu === null) return [];
    const never = impossibleOf(needs, vendor.abilities);
    if (never.length > 0) return [{ never }];
    return [{ entry: { id, label: menu.label(row, vendor), note: null, unavailable: pointless(row) } }];
  });
}

/** The abilities of which any would be enough, if a vendor has none of them; empty if it has one. */
export function impossibleOf(needs: Operation['needs'], abilities: Abilities): readonly Impossible[] {
  const lacking: Impossible[] = [];
  for (const name of needs) {
    const ability = abilities[name];
    if (typeof ability === 'function') return [];
    lacking.push({ ...ability, what: abilityTitle(name) });
  }
  return lacking;
}

/** What people call an ability. */
export function abilityTitle(name: AbilityName): string {
  return titles.get(name) ?? name;
}

const titles: ReadonlyMap<string, string> = new Map(operations.flatMap(({ abilities }) => Object.entries(abilities)));

/** Why a vendor supports none of these, or null if it supports one. */
export function whyNot(needs: Operation['needs'], abilities: Abilities): string | null {
  return impossibleOf(needs, abilities)[0]?.no ?? null;
}

/**
 * The write request of a filled form. Empty and unchanged fields are left out. `known`: inputs that the form did not
 * ask for. `row`: the subscription; null when one is created.
 */
export function requestedBy(
  operation: Operation,
  asked: readonly Input[],
  values: Readonly<Record<string, string>>,
  row: Subscription | null,
  known: Readonly<Record<string, string>> = {},
): RequestedWrite {
  const filled = asked.filter((input) => (values[input.name] ?? '') !== '');
  const differing = filled.filter((input) => {
    const present = presentOf(input, row);
    return present === '' || values[input.name] !== present;
  });
  if (asked.length > 0 && differing.length === 0) return { ok: false, problem: 'Nothing was changed.' };
  const given = Object.fromEntries(differing.map(({ name }) => [name, values[name] ?? '']));
  const blanks = differing.find(({ name, kind }) => kind === 'text' && given[name] !== given[name]?.trim());
  // Leading and trailing spaces are invisible in a form; the command line accepts them in quotes.
  if (blanks !== undefined) {
    return { ok: false, problem: `The ${blanks.name} begins or ends with spaces. Remove them.` };
  }
  for (const { name, kind } of differing) if (kind === 'quantity') given[name] = given[name]?.trim() ?? '';
  try {
    return { ok: true, writeRequest: requestOf(operation, row?.ref ?? '', { ...known, ...given }) };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return { ok: false, problem: `${error.fault.message} ${paletteWords(error.fault.next)}` };
  }
}
