import { endOf, wholeSecond } from '../../model/date-text.ts';
import { dateWords } from '../../model/date-words.ts';
import { choicesOf } from '../assumption.ts';
import type { VendorKind } from '../vendor-kind.ts';
import { cloudcockpitAssumptions } from './assumptions.ts';

/** Sources: CloudCockpit, the detail model's `cancellationAllowedUntil`; Microsoft's rules for new commerce. */
export const cloudcockpitCharging: VendorKind['charging'] = (settings) => ({
  basis: choicesOf(cloudcockpitAssumptions, settings)['price-per-unit'],
  charged({ cancellableUntil, endsAt }, ending, now) {
    const term =
      endsAt === null ? 'the whole term is charged' : `the whole term is charged, until ${dateWords(endsAt)}`;
    if (ending === 'renewal')
      return { isKnown: true, brief: 'the whole term', sentence: `Without a renewal ${term}; nothing after it.` };
    const end = endOf(cancellableUntil);
    if (cancellableUntil === null || end === null) {
      const sentence =
        'CloudCockpit gives no cancellation period for it: whether the rest of the term is still charged is not known.';
      return { isKnown: false, brief: 'not known', sentence };
    }
    return end < wholeSecond(now)
      ? { isKnown: true, brief: 'the whole term', sentence: `The cancellation period is over: ${term}.` }
      : {
          isKnown: true,
          brief: 'the days used',
          sentence: `Cancelled by ${dateWords(cancellableUntil)}, only the days used are charged; later ${term}.`,
        };
  },
});
