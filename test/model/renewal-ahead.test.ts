import { expect, test } from 'vitest';
import { noRenewalWords } from '../../src/model/renewal-ahead.ts';

const renewal = { mode: 'auto', quantity: null, productId: null, plan: null } as const;

test('a cancelled subscription is said not to renew, whatever its vendor keeps', () => {
  expect(noRenewalWords({ status: 'cancelled', renewal })).toBe('does not renew: cancelled');
  expect(noRenewalWords({ status: 'expired', renewal })).toBe('does not renew: expired');
  expect(noRenewalWords({ status: 'active', renewal })).toBe(null);
  expect(noRenewalWords({ status: 'cancelled', renewal: null })).toBe(null);
});
