import * as v from 'valibot';
import { can } from '../api/contract.ts';
import { type Fault, fault } from '../model/fault.ts';
import { nameKey } from '../model/name-key.ts';
import { shellWord } from '../model/shell-word.ts';
import type { Addon, Subscription } from '../model/subscription.ts';
import { noHint, type VendorChoiceInput } from './input.ts';
import { always, type ChangeOperation, neverPointless, noSecret, noTexts, seatsOfDraft } from './operation.ts';
import { denied } from './preparation.ts';
import { gone } from './proof.ts';
import { applied, notShown, otherwise, unchanged } from './proof-result.ts';
import { ref } from './request-shapes.ts';
import { noWayBack } from './way-back.ts';

const schema = v.object({ verb: v.literal('addon-cancel'), ref, addonId: v.string() });
type Request = Readonly<v.InferOutput<typeof schema>>;

const addon: VendorChoiceInput = {
  name: 'addon',
  kind: 'vendor choice',
  words: 'argument',
  placeholder: 'ADDON',
  help: "the add-on's id, or its name if no other has it",
  isRequired: true,
  label: 'Cancel which add-on?',
  hint: noHint,
  none: 'The subscription has no add-ons.',
  async choices(vendor, row, signal) {
    const { addons } = vendor.abilities;
    if (!can(addons)) return { no: addons.no };
    return (await addons(row, signal)).map(({ id, name, status }) => ({ value: id, label: name, note: status }));
  },
};

export const addonCancel: ChangeOperation<'addon-cancel', Request, 'cancelAddon'> = {
  kind: 'change',
  id: 'addon-cancel',
  summary: 'cancel an add-on',
  command: 'addon cancel',
  examples: ['addon cancel nordic/sub-1 addon-7 --yes --confirm addon-7', 'addon cancel nordic/sub-1 "Extra storage"'],
  title: () => 'Cancel the add-on',
  irreversible: always,
  abilities: { cancelAddon: 'cancel an add-on' },
  needs: ['cancelAddon'],
  pointless: neverPointless,
  inputs: [addon],
  otherInputs: 'refused',
  schema,
  request: (target, given) => ({ verb: 'addon-cancel', ref: target, addonId: given.addon ?? '' }),
  texts: noTexts,
  part: ({ addonId }) => addonId,
  secret: noSecret,
  menu: { label: () => 'Cancel an add-on', short: 'cancel an add-on', asks: () => [addon] },
  marked: [],
  shows: 'sentence',
  labels: { addonId: 'Add-on', cancelAtPeriodEnd: 'Ends with the period' },
  seatsAfter: seatsOfDraft,
  ending: () => 'addon',
  changes: [],
  wayBack: noWayBack('A cancelled add-on cannot be restored: it has to be ordered again.'),
  proof: {
    by: 'the add-on ends with its period or is cancelled',
    async prove({ vendor, before, after, now, signal }) {
      if (now === null) return gone;
      const { addons } = vendor.abilities;
      const id = after.addonId ?? before.addonId;
      if (!can(addons) || typeof id !== 'string')
        return notShown('The add-on cannot be read, so the outcome is not proven.');
      const found = (await addons(now.subscription, signal)).find((each) => each.id === id);
      if (found === undefined) return otherwise('The vendor no longer lists the add-on.', 'gone');
      return found.cancelAtPeriodEnd || found.status === 'cancelled'
        ? applied('The add-on is set to end with its period.', 'ends')
        : unchanged('The add-on is not set to end.', 'is not set to end');
    },
  },
  prepare(vendor, { addonId }) {
    const { addons, cancelAddon } = vendor.abilities;
    if (!can(cancelAddon)) return denied(cancelAddon, vendor);
    if (!can(addons)) return denied(addons, vendor);
    return {
      kind: 'ready',
      async draft(target, signal) {
        const all = await addons(target, signal);
        const found = addonCalled(addonId, all, target);
        if ('kind' in found) return { kind: 'fault', fault: { ...found, connection: vendor.connection } };
        if (found.cancelAtPeriodEnd || found.status === 'cancelled') {
          return { kind: 'nothing', sentence: `${found.name} is already set to end.` };
        }
        const isNameShared = all.some(({ id, name }) => id !== found.id && nameKey(name) === nameKey(found.name));
        const confirmations = isNameShared ? [found.id] : [found.id, found.name];
        const draft = cancelAddon(target, { addon: found });
        // The journal must record which add-on it was, whatever names the vendor's draft uses.
        const [before, after] = [
          { addonId: found.id, ...draft.before },
          { addonId: found.id, ...draft.after },
        ];
        return {
          kind: 'draft',
          verb: 'addon-cancel',
          draft: { ...draft, before, after },
          confirmations,
          writeRequest: { verb: 'addon-cancel', ref: target.ref, addonId: found.id },
        };
      },
    };
  },
};

/** The add-on with this id, else the only one with this name, without regard to case; or why there is none. */
function addonCalled(text: string, all: readonly Addon[], target: Subscription): Addon | Fault {
  const byId = all.find(({ id }) => id === text);
  if (byId !== undefined) return byId;
  const [first, ...others] = all.filter(({ name }) => nameKey(name) === nameKey(text));
  if (first !== undefined && others.length === 0) return first;
  if (first !== undefined) {
    const ids = [first, ...others].map(({ id }) => id).join(', ');
    return fault('usage', `${target.name} has several add-ons called ${text}: ${ids}.`, 'Give one of these ids.').fault;
  }
  const next = `To see its add-ons: subdeck addon list ${shellWord(target.ref)}`;
  return fault('missing', `${target.name} has no add-on ${text}.`, next).fault;
}
