import { choicesOf } from '../assumption.ts';
import type { VendorKind } from '../vendor-kind.ts';
import { vmwareAssumptions } from './assumptions.ts';

export const vmwareCharging: VendorKind['charging'] = (settings) => ({
  basis: choicesOf(vmwareAssumptions, settings)['price-per-unit'],
  charged: () => ({
    isKnown: false,
    brief: 'not known',
    sentence: 'VMware does not say what is still charged after a cancellation: see the Partner Navigator.',
  }),
});
