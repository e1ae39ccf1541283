import type { Abilities, Vendor } from '../../../api/contract.ts';
import { FaultError } from '../../../model/fault.ts';
import { paletteWords } from '../../../model/palette-words.ts';
import type { Subscription } from '../../../model/subscription.ts';
import type { Input } from '../../../operations/input.ts';
import { type Operation, operations, type WriteRequest } from '../../../operations/registry.ts';
import { requestOf } from '../../../operations/requests.ts';
import type { MenuEntry } from '../../../state/overlay.ts';
import { presentOf } from './input-fields.ts';

/** The values of a form as a write request, or why they are invalid. */
export type RequestedWrite =
  | { readonly ok: true; readonly writeRequest: WriteRequest }
  | { readonly ok: false; readonly problem: string };

/** Every operation on a subscription; the unavailable ones with the reason. */
export function actionEntries(row: Subscription, vendor: Vendor, denied: string | null): readonly MenuEntry[] {
  return operations.flatMap(({ id, menu, needs, pointless }) =>
    menu === null
      ? []
      : [
          {
            id,
            label: menu.label(row, vendor),
            note: null,
            unavailable: whyNot(needs, vendor.abilities) ?? pointless(row) ?? denied,
          },
        ],
  );
}

/** Available ones first, then the others, each group in its order. */
export function possibleFirst(entries: readonly MenuEntry[]): readonly MenuEntry[] {
  const possible = entries.filter((entry) => entry.unavailable === null);
  return [...possible, ...entries.filter((entry) => entry.unavailable !== null)];
}

/** Why a vendor supports none of these, or null if it supports one. */
export function whyNot(needs: Operation['needs'], abilities: Abilities): string | null {
  const reasons: string[] = [];
  for (const name of needs) {
    const ability = abilities[name];
    if (typeof ability === 'function') return null;
    reasons.push(ability.no);
  }
  return reasons[0] ?? null;
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
