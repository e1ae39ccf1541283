import { expect, it } from 'vitest';
import type { KeptRead, ReadValue, SubscriptionRead } from '../../src/api/contract.ts';
import { safeText } from '../../src/api/text.ts';
import { keepingAnswer } from '../../src/sync/keep-answer.ts';
import { fill, openScratch, row, standingClock } from '../store/rows.ts';

const key = 'ABCDE-FGHIJ-KLMNO';
const repeated = safeText(`the key is ${key}`);

/** Answers of an adapter that forgot to mask a licence key. */
const leaks: { readonly [Name in Exclude<KeptRead, 'products' | 'addons'>]: ReadValue<Name> } = {
  details: [
    { title: 'Characteristics', fields: [{ label: safeText('License key'), value: safeText(key) }] },
    { title: 'More', fields: [{ label: safeText('Remarks'), value: repeated }] },
  ],
  history: [
    {
      ...{ at: '2026-11-20', action: safeText('changed'), by: repeated },
      ...{ field: safeText('licenseKey'), from: null, to: safeText(key) },
    },
  ],
  renewal: { licenseKey: key, note: repeated },
  reservation: { items: [{ name: 'Product key', value: key }], note: repeated },
};

it.each(Object.keys(leaks) as (keyof typeof leaks)[])('no licence key is stored or shown from %s', async (read) => {
  const cache = openScratch();
  const account = 'cloudmore https://api.example one';
  cache.declareConnections([{ name: 'nordic', title: 'nordic', vendor: 'cloudmore', impliedLevels: [], account }]);
  fill(cache, [row({ id: '1' })]);
  const about: { connection: string; id: string; read: SubscriptionRead } = { connection: 'nordic', id: '1', read };
  const ask = async (): Promise<ReadValue<SubscriptionRead>> => leaks[read];
  const { value, keeping } = await keepingAnswer({ cache, clock: standingClock() }, { account }, about, ask);
  expect(keeping.isKept).toBe(true);
  expect(JSON.stringify(value)).not.toContain(key);
  expect(JSON.stringify(value)).toContain('the key is •••');
  expect(cache.answer(about)?.value).toEqual(value);
});
