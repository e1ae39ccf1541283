import type { Abilities, AbilityName } from '../../../api/contract.ts';
import { grouped } from '../../../model/numbers.ts';
import type { Subscription } from '../../../model/subscription.ts';
import type { WriteRequest } from '../../../operations/registry.ts';
import type { Field } from '../../../state/form.ts';
import type { MenuEntry } from '../../../state/overlay.ts';
import { choice, masked, number, text } from './fields.ts';
import { updateFields, updateLabel } from './update-fields.ts';

/** The values of a form as a write request, or why they are none. */
export type RequestedWrite =
  | { readonly ok: true; readonly writeRequest: WriteRequest }
  | { readonly ok: false; readonly problem: string };
type Values = Readonly<Record<string, string>>;

/** One thing that can be done with a subscription: what it needs, what it asks, and the write request it becomes. */
export interface Action {
  readonly id: string;
  /** In the field's own words; where vendors differ in what they take, it says what this one takes. */
  readonly label: string | ((subject: Subscription) => string);
  /** Any of them is enough; the reason shown is the first one's. */
  readonly needs: readonly [AbilityName, ...AbilityName[]];
  /** What must be known first. Null: nothing, so the plan opens at once. */
  fields(subject: Subscription, abilities: Abilities): readonly [Field, ...Field[]] | null;
  writeRequest(subject: Subscription, values: Values): RequestedWrite;
  /** Why it makes no sense for this row, or null. */
  pointless?(subject: Subscription): string | null;
}

/** In the order of the menu: what is done most first, what ends a subscription last. */
const actions: readonly Action[] = [
  {
    id: 'quantity',
    label: 'Change the quantity',
    needs: ['lowerQuantity', 'raiseQuantity'],
    fields: (subject) => [
      number(
        'quantity',
        'New quantity',
        `it has ${subject.quantity === null ? 'no known number' : grouped(subject.quantity)}`,
        true,
      ),
    ],
    writeRequest: (subject, values) => quantityWriteRequest(subject.ref, values.quantity ?? ''),
    pointless: (subject) => (subject.quantity === null ? 'The vendor counts no seats on it.' : null),
  },
  {
    id: 'update',
    label: (subject) => updateLabel(subject),
    needs: ['update'],
    fields: (subject) => updateFields(subject),
    writeRequest: (subject, values) => updateWriteRequest(subject, values),
  },
  {
    id: 'renewal',
    label: 'Set the renewal: stay, change or cancel',
    needs: ['setRenewal'],
    fields: () => [
      choice('type', 'At renewal', [
        { value: 'stay', label: 'stay as it is' },
        { value: 'change', label: 'change' },
        { value: 'cancel', label: 'cancel' },
      ]),
      text('product', 'Product', '', 'only for a change; empty keeps it'),
      text('plan', 'Plan', '', 'only for a change; empty keeps it'),
      number('quantity', 'Quantity', 'only for a change; empty keeps it'),
    ],
    writeRequest: (subject, values) => changesWriteRequest('renewal-set', subject.ref, values),
  },
  {
    id: 'reserve',
    label: 'Reserve: add licences, cancel, start paid',
    needs: ['createReservation'],
    fields: () => [
      { ...text('type', 'Type', '', 'as the vendor calls it, such as ADD_LICENSE'), required: true },
      text('date', 'Date', '', 'YYYY-MM-DD; empty: as soon as it can'),
      number('quantity', 'Quantity', 'seats to add'),
    ],
    writeRequest: (subject, values) => changesWriteRequest('reservation-create', subject.ref, values),
  },
  plain('withdraw', 'Withdraw the reservation', 'withdrawReservation', 'reservation-withdraw'),
  {
    id: 'license',
    label: 'Set the licence key',
    needs: ['setLicense'],
    fields: () => [masked('licenseKey', 'Licence key', 'it is sent once and kept nowhere')],
    writeRequest: (subject, { licenseKey = '' }) => ({
      ok: true,
      writeRequest: { verb: 'set-license', ref: subject.ref, licenseKey },
    }),
  },
  plain('suspend', 'Suspend', 'suspend', 'suspend'),
  plain('reactivate', 'Reactivate', 'reactivate', 'reactivate'),
  {
    id: 'addon',
    label: 'Cancel an add-on',
    needs: ['cancelAddon'],
    fields: () => null,
    writeRequest: (subject, values) => ({
      ok: true,
      writeRequest: { verb: 'addon-cancel', ref: subject.ref, addonId: values.addon ?? '' },
    }),
  },
  {
    id: 'cancel',
    label: (subject) => (subject.vendor === 'cloudmore' ? 'Cancel or delete' : 'Cancel'),
    needs: ['cancel', 'delete'],
    fields: (_, abilities) =>
      typeof abilities.delete === 'function' && typeof abilities.cancel === 'function'
        ? [
            choice('mode', 'How', [
              { value: 'cancel', label: 'Cancel: it ends as the vendor’s terms say' },
              { value: 'delete', label: 'Delete: it is removed' },
            ]),
          ]
        : null,
    writeRequest: (subject, values) => {
      const mode = values.mode;
      if (mode === undefined) return { ok: true, writeRequest: { verb: 'cancel', ref: subject.ref, mode: null } };
      return {
        ok: true,
        writeRequest: { verb: 'cancel', ref: subject.ref, mode: mode === 'delete' ? 'delete' : 'cancel' },
      };
    },
  },
];

export function actionById(id: string): Action | null {
  return actions.find((action) => action.id === id) ?? null;
}

export function labelOf({ label }: Action, subject: Subscription): string {
  return typeof label === 'string' ? label : label(subject);
}

/** Every action, what cannot be done with its reason. */
export function actionEntries(
  subject: Subscription,
  abilities: Abilities,
  denied: string | null,
): readonly MenuEntry[] {
  return actions.map((action) => ({
    id: action.id,
    label: labelOf(action, subject),
    note: null,
    unavailable: whyNot(action.needs, abilities) ?? action.pointless?.(subject) ?? denied,
  }));
}

/** What can be done, then what cannot, each in its order. */
export function possibleFirst(entries: readonly MenuEntry[]): readonly MenuEntry[] {
  const possible = entries.filter((entry) => entry.unavailable === null);
  return [...possible, ...entries.filter((entry) => entry.unavailable !== null)];
}

/** Why a vendor does not do any of these, or null where it does one. */
export function whyNot(needs: Action['needs'], abilities: Abilities): string | null {
  const reasons: string[] = [];
  for (const name of needs) {
    const ability = abilities[name];
    if (typeof ability === 'function') return null;
    reasons.push(ability.no);
  }
  return reasons[0] ?? null;
}

function plain(
  id: string,
  label: string,
  ability: AbilityName,
  verb: 'suspend' | 'reactivate' | 'reservation-withdraw',
): Action {
  return {
    id,
    label,
    needs: [ability],
    fields: () => null,
    writeRequest: (subject) => ({ ok: true, writeRequest: { verb, ref: subject.ref } }),
  };
}

function quantityWriteRequest(ref: string, typed: string): RequestedWrite {
  const quantity = wholeNumber(typed);
  if (quantity === null) return { ok: false, problem: 'Type a whole number, 0 or more.' };
  return { ok: true, writeRequest: { verb: 'set-quantity', ref, quantity } };
}

/** What was typed as a number of seats, or null where it is none. */
export function wholeNumber(typed: string): number | null {
  const clean = typed.trim();
  const value = Number(clean);
  return /^\d+$/.test(clean) && Number.isSafeInteger(value) ? value : null;
}

/** Only fields that differ from the row go to the vendor. */
function updateWriteRequest(subject: Subscription, values: Values): RequestedWrite {
  const before = new Map(updateFields(subject).map((field) => [field.name, field.line.text]));
  const changes = Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== '' && value !== before.get(name)),
  );
  if (Object.keys(changes).length === 0) return { ok: false, problem: 'Nothing differs from what is there.' };
  const problem = blanksAround(changes);
  return problem === null
    ? { ok: true, writeRequest: { verb: 'update', ref: subject.ref, changes } }
    : { ok: false, problem };
}

function changesWriteRequest(verb: 'renewal-set' | 'reservation-create', ref: string, values: Values): RequestedWrite {
  const changes = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  const problem = blanksAround(changes);
  return problem === null ? { ok: true, writeRequest: { verb, ref, changes } } : { ok: false, problem };
}

/** A blank at an end cannot be seen in a form; the command line takes it, where quotes show it. Null: there is none. */
export function blanksAround(values: Values): string | null {
  const [name] = Object.entries(values).find(([, value]) => value !== value.trim()) ?? [];
  return name === undefined ? null : `The ${name} has blanks before or behind it. Take them out.`;
}
