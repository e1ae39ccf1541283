import { choicesOf } from '../assumption.ts';
import type { VendorKind } from '../vendor-kind.ts';
import { cloudmoreAssumptions } from './assumptions.ts';

export const cloudmoreCharging: VendorKind['charging'] = (settings) => ({
  basis: choicesOf(cloudmoreAssumptions, settings)['price-per-unit'],
  charged: () => ({
    isKnown: false,
    brief: 'not known',
    sentence: 'Cloudmore does not say what is still charged after a cancellation: see the terms of the service.',
  }),
});
