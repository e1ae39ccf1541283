import * as v from 'valibot';
import {
  asTheVendorSays,
  type ChangeOperation,
  endsNothing,
  neverPointless,
  neverUnable,
  noSecret,
  noTexts,
  seatsOfDraft,
  wholeSubscription,
} from './operation.ts';
import { provedByStatus } from './proof.ts';
import { ref } from './request-shapes.ts';
import { prepareStatus } from './status-change.ts';

const schema = v.object({ verb: v.literal('suspend'), ref });
type Request = Readonly<v.InferOutput<typeof schema>>;

export const suspend: ChangeOperation<'suspend', Request, 'suspend'> = {
  kind: 'change',
  id: 'suspend',
  summary: 'suspend a subscription',
  command: 'subscription suspend',
  examples: [],
  title: () => 'Suspend the subscription',
  irreversible: asTheVendorSays,
  abilities: { suspend: 'suspend' },
  needs: ['suspend'],
  pointless: neverPointless,
  inputs: [],
  otherInputs: 'refused',
  schema,
  request: (target) => ({ verb: 'suspend', ref: target }),
  texts: noTexts,
  part: wholeSubscription,
  secret: noSecret,
  menu: { label: () => 'Suspend', short: 'suspend', asks: () => [] },
  marked: [
    {
      ...{ id: 'suspend', label: 'Suspend each', asks: null, unable: neverUnable },
      request: (row) => ({ verb: 'suspend', ref: row.ref }),
    },
  ],
  shows: 'sentence',
  labels: {},
  seatsAfter: seatsOfDraft,
  ending: endsNothing,
  changes: ['status', 'vendorStatus'],
  wayBack: () => ({ operation: 'reactivate', given: {} }),
  proof: provedByStatus('suspended'),
  prepare: (vendor) => prepareStatus(vendor, 'suspend', 'suspended'),
};
