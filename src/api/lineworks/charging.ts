import { dateWords } from '../../model/date-words.ts';
import type { VendorKind } from '../vendor-kind.ts';
import { isUnpaidPlan } from './assumptions.ts';

/** Source: developers.worksmobile.com/en/docs/partner-customer-subscriptions-reservation-create. The API gives no prices. */
export const lineworksCharging: VendorKind['charging'] = () => ({
  basis: null,
  charged({ billing, endsAt }, ending) {
    if (billing !== null && isUnpaidPlan(billing)) {
      return { isKnown: true, brief: 'nothing', sentence: `${billing} is no paid plan: nothing is charged for it.` };
    }
    const end = endsAt === null ? 'its contract ends' : `its contract ends (${dateWords(endsAt)})`;
    const early = 'a reservation for an earlier day may cost a penalty; no page says how much';
    switch (ending) {
      case 'renewal':
        return { isKnown: true, brief: `until ${end}`, sentence: `It is charged until ${end}.` };
      case 'reserved':
        return {
          isKnown: false,
          brief: 'until it ends, perhaps a penalty',
          sentence: `It is charged until it ends. Before ${end}, ${early}.`,
        };
      default:
        return {
          isKnown: true,
          brief: `until ${end}`,
          sentence: `A paid plan cannot be cancelled today. It is charged until ${end}; ${early}.`,
        };
    }
  },
});
