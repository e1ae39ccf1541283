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

const schema = v.object({ verb: v.literal('reactivate'), ref });
type Request = Readonly<v.InferOutput<typeof schema>>;

export const reactivate: ChangeOperation<'reactivate', Request, 'reactivate'> = {
  kind: 'change',
  id: 'reactivate',
  summary: 'reactivate a suspended subscription',
  command: 'subscription reactivate',
  examples: [],
  title: () => 'Reactivate the subscription',
  irreversible: asTheVendorSays,
  abilities: { reactivate: 'reactivate' },
  needs: ['reactivate'],
  pointless: neverPointless,
  inputs: [],
  otherInputs: 'refused',
  schema,
  request: (target) => ({ verb: 'reactivate', ref: target }),
  texts: noTexts,
  part: wholeSubscription,
  secret: noSecret,
  menu: { label: () => 'Reactivate', short: 'reactivate', asks: () => [] },
  marked: [
    {
      ...{ id: 'reactivate', label: 'Reactivate each', asks: null, unable: neverUnable },
      request: (row) => ({ verb: 'reactivate', ref: row.ref }),
    },
  ],
  shows: 'sentence',
  labels: {},
  seatsAfter: seatsOfDraft,
  ending: endsNothing,
  changes: ['status', 'vendorStatus'],
  wayBack: () => ({ operation: 'suspend', given: {} }),
  proof: provedByStatus('active'),
  prepare: (vendor) => prepareStatus(vendor, 'reactivate', 'active'),
};
