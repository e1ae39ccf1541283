import type { VendorKind } from '../vendor-kind.ts';

export const interworksCharging: VendorKind['charging'] = () => ({
  basis: 'unit',
  charged: (_, ending) => ({
    isKnown: false,
    brief: 'not known',
    sentence:
      ending === 'addon'
        ? 'interworks.cloud gives no price of an add-on, and does not say what of its last period is charged.'
        : 'interworks.cloud does not say what is still charged after a cancellation: see the terms of the product.',
  }),
});
