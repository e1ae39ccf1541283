import * as v from 'valibot';
import { can } from '../api/contract.ts';
import type { Subscription } from '../model/subscription.ts';
import { changesFault, changesTexts } from './changes.ts';
import { hinted, type Input, noHint, startsEmpty } from './input.ts';
import {
  asTheVendorSays,
  type ChangeOperation,
  neverPointless,
  neverUnable,
  noSecret,
  seatsOfDraft,
  wholeSubscription,
} from './operation.ts';
import { denied, impossible } from './preparation.ts';
import { provedByFields } from './proof.ts';
import { changes, ref } from './request-shapes.ts';
import { renewalBefore } from './way-back.ts';

const schema = v.object({ verb: v.literal('renewal-set'), ref, changes });
type Request = Readonly<v.InferOutput<typeof schema>>;

const pair = { words: 'pair', placeholder: '…' } as const;
const onlyForChange = {
  ...pair,
  isRequired: false,
  hint: hinted('for type=change only; not given, it stays'),
} as const;

const inputs: readonly Input[] = [
  {
    ...{ ...pair, name: 'type', kind: 'choice', help: 'stay, change or cancel', isRequired: true, label: 'At renewal' },
    choices: [
      { value: 'stay', label: 'renew unchanged' },
      { value: 'change', label: 'change' },
      { value: 'cancel', label: 'cancel' },
    ],
    isClosed: false,
    hint: noHint,
  },
  {
    ...onlyForChange,
    name: 'product',
    kind: 'text',
    help: "a product's id",
    label: 'Product',
    present: startsEmpty,
    list: 'renewalProduct',
  },
  {
    ...onlyForChange,
    name: 'plan',
    kind: 'text',
    help: 'a plan',
    label: 'Plan',
    present: startsEmpty,
    list: 'renewalPlan',
  },
  { ...onlyForChange, name: 'quantity', kind: 'quantity', help: 'a quantity', label: 'Quantity' },
];

export const renewalSet: ChangeOperation<'renewal-set', Request, 'setRenewal'> = {
  kind: 'change',
  id: 'renewal-set',
  summary: 'keep, change or cancel at renewal',
  command: 'renewal set',
  examples: ['renewal set line/123 type=change quantity=20'],
  title: () => 'Set the renewal',
  irreversible: asTheVendorSays,
  abilities: { setRenewal: 'set the renewal' },
  needs: ['setRenewal'],
  pointless: neverPointless,
  inputs,
  otherInputs: 'for the vendor',
  schema,
  request: (target, given) => ({ verb: 'renewal-set', ref: target, changes: given }),
  texts: (request) => changesTexts(request.changes),
  part: wholeSubscription,
  secret: noSecret,
  menu: { label: () => 'Set the renewal: stay, change or cancel', short: 'set the renewal', asks: () => inputs },
  marked: [
    {
      ...{ id: 'stay', label: 'Renew each unchanged', asks: null, unable: neverUnable },
      request: (row) => ({ verb: 'renewal-set', ref: row.ref, changes: { type: 'stay' } }),
    },
    {
      ...{ id: 'cancel', label: 'End each at its renewal', asks: null, unable: neverUnable },
      request: (row) => ({ verb: 'renewal-set', ref: row.ref, changes: { type: 'cancel' } }),
    },
  ],
  shows: 'sentence',
  labels: {},
  seatsAfter: seatsOfDraft,
  ending: ({ changes: { type = '' } }) => (type.trim().toLowerCase() === 'cancel' ? 'renewal' : null),
  changes: ['renewal'],
  wayBack: (_, { target }) => renewalBefore(target),
  proof: provedByFields('the renewal settings'),
  prepare(vendor, request) {
    const { setRenewal } = vendor.abilities;
    if (!can(setRenewal)) return denied(setRenewal, vendor);
    const wrong = changesFault(request.changes);
    if (wrong !== null) return impossible(wrong);
    return {
      kind: 'ready',
      draft: (target) =>
        isSet(target, request.changes)
          ? { kind: 'nothing', sentence: `The renewal of ${target.name} is already set to that.` }
          : { kind: 'draft', verb: 'renewal-set', draft: setRenewal(target, { changes: request.changes }) },
    };
  },
};

/** Only the type alone is compared: whatever else is named is for the vendor's rules to judge. */
function isSet({ renewal }: Subscription, { type, ...more }: Request['changes']): boolean {
  if (Object.values(more).some((value) => value !== '')) return false;
  return (type === 'stay' && renewal?.mode === 'auto') || (type === 'cancel' && renewal?.mode === 'cancel');
}
