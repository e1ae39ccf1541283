import * as v from 'valibot';
import { can } from '../api/contract.ts';
import { hinted, type SecretInput } from './input.ts';
import { licenseEvidence } from './license-evidence.ts';
import { withoutKey } from './license-key.ts';
import {
  always,
  type ChangeOperation,
  endsNothing,
  neverPointless,
  seatsOfDraft,
  wholeSubscription,
} from './operation.ts';
import { denied } from './preparation.ts';
import { gone } from './proof.ts';
import { ref } from './request-shapes.ts';
import { noWayBack } from './way-back.ts';

const schema = v.object({ verb: v.literal('set-license'), ref, licenseKey: v.string() });
type Request = Readonly<v.InferOutput<typeof schema>>;

const licenseKey: SecretInput = {
  name: 'licenseKey',
  kind: 'secret',
  words: 'stdin',
  placeholder: 'KEY',
  help: 'the licence key',
  isRequired: true,
  label: 'Licence key',
  hint: hinted('it is sent once and never stored'),
};

export const setLicense: ChangeOperation<'set-license', Request, 'setLicense'> = {
  kind: 'change',
  id: 'set-license',
  summary: 'set the licence key, read from stdin',
  command: 'subscription set-license',
  examples: ['subscription set-license nordic/sub-1 --yes --confirm sub-1 < key.txt'],
  title: () => 'Set the licence key',
  irreversible: always,
  abilities: { setLicense: 'set the licence key' },
  needs: ['setLicense'],
  pointless: neverPointless,
  inputs: [licenseKey],
  otherInputs: 'refused',
  schema,
  request: (target, given) => ({ verb: 'set-license', ref: target, licenseKey: given.licenseKey ?? '' }),
  texts: (request) => [{ what: 'The licence key', text: request.licenseKey, isTrimmed: true }],
  part: wholeSubscription,
  secret: (request) => request.licenseKey,
  menu: { label: () => 'Set the licence key', short: 'set the licence key', asks: () => [licenseKey] },
  marked: [],
  shows: 'sentence',
  labels: { licenseKey: 'Licence key' },
  seatsAfter: seatsOfDraft,
  ending: endsNothing,
  changes: ['hasLicenseKey'],
  wayBack: noWayBack('The licence key that was there before is not kept.'),
  proof: {
    by: "the licence key, compared by keyed digest if the vendor shows keys; otherwise its presence, or the vendor's history",
    prove: (evidence) => {
      const { row, now } = evidence;
      return now === null || row === null ? gone : licenseEvidence(evidence, row, now.subscription);
    },
  },
  prepare(vendor, request) {
    const ability = vendor.abilities.setLicense;
    if (!can(ability)) return denied(ability, vendor);
    return {
      kind: 'ready',
      async draft(target, signal) {
        const isThere = (key: string) => key.trim() === request.licenseKey.trim();
        const holds = await vendor.licenseKey?.(target, isThere, signal);
        if (holds === true) return { kind: 'nothing', sentence: `${target.name} already has this licence key.` };
        const draft = withoutKey(
          ability(target, { licenseKey: request.licenseKey }),
          request.licenseKey,
          target.hasLicenseKey,
        );
        return { kind: 'draft', verb: 'set-license', draft };
      },
    };
  },
};
