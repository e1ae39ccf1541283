import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import type { JournalEntry } from '../../src/model/journal-entry.ts';
import { readQuantity } from '../../src/operations/quantity.ts';
import { pollPause } from '../../src/writes/poll-pacing.ts';
import { receiptText } from '../../src/writes/receipt.ts';

test('only plain digits are a quantity', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const quantity = readQuantity(text);
      expect(quantity !== null).toBe(/^[0-9]+$/.test(text) && Number.isSafeInteger(Number(text)));
    }),
  );
  expect(['0', '25', '007'].map(readQuantity)).toEqual([0, 25, 7]);
  expect(['', '-1', '1.5', '1e9', '٣', ' 5', '9007199254740993'].map(readQuantity)).toEqual(Array(7).fill(null));
});

test('pauses between polls grow from two seconds to a minute, never below Retry-After', () => {
  fc.assert(
    fc.property(fc.nat(), fc.option(fc.nat()), fc.double({ min: 0, max: 1, noNaN: true }), (looks, after, random) => {
      const wait = pollPause(looks, after, random);
      expect(wait).toBeGreaterThanOrEqual(Math.max(1800, Math.min(after ?? 0, 900_000)));
      expect(wait).toBeLessThanOrEqual(Math.max(66_000, Math.min(after ?? 0, 900_000)));
    }),
  );
  expect([pollPause(0, null, 0.5), pollPause(1, null, 0.5), pollPause(99, null, 0.5)]).toEqual([2000, 3000, 60_000]);
});

const entry: JournalEntry = {
  id: '2m4k7x1p',
  at: '2026-11-21T12:00:00.000Z',
  ref: 'nordic/s`1',
  account: 'cloudmore https://api.cloudmore.com',
  verb: 'set-quantity',
  sentence: 'Lower *Backup* [100](http://evil) from 25 to 20',
  state: 'refused',
  reason: safeText('below the | minimum <b>'),
  basis: null,
  corrects: null,
  before: { quantity: 25 },
  after: { quantity: 20 },
  vendor: { status: 422, correlationId: safeText('c-1') },
  by: 'maria',
};

test('a receipt is Markdown that a vendor’s text cannot format', () => {
  const step = {
    index: 0,
    name: 'lower',
    method: 'POST',
    path: '/subs/s1',
    sentAt: entry.at,
    answeredAt: null,
    answer: null,
  };
  const { at } = entry;
  const answer = {
    outcome: 'accepted',
    status: 202,
    correlationId: safeText('c-0'),
    notes: {},
    reason: null,
    vendorRequestId: 'rq-1',
    vendorState: null,
  } as const;
  const request = {
    id: entry.id,
    ref: entry.ref,
    state: 'failed',
    vendorState: safeText('Rejected_'),
    vendorRequestId: 'rq-1',
    from: 25,
    to: 20,
    startedAt: at,
    checkedAt: at,
    nextCheckAt: null,
    answeredDone: false,
  } as const;
  const record = { purpose: 'ticket 42', closedAt: '2026-11-21T12:05:00.000Z', request };
  const answered = { ...step, index: 1, answeredAt: at, answer };
  expect(receiptText(entry, [step, answered], record).split('\n')).toEqual([
    '### Lower \\*Backup\\* \\[100\\](http\\://evil) from 25 to 20',
    '',
    '- **Subscription:** `` nordic/s`1 ``',
    '- **Outcome:** refused (HTTP 422)',
    '- **Reason:** ticket 42',
    '- **Explanation:** below the \\| minimum \\<b\\>',
    '- **Requested by:** maria',
    '- **Requested at:** Sat 21 Nov 2026 12:00:00 UTC',
    '- **Ended at:** Sat 21 Nov 2026 12:05:00 UTC',
    '- **Before:** quantity 25',
    '- **After:** quantity 20',
    '- **Vendor request:** `rq-1`',
    '- **Vendor says:** Rejected\\_',
    '- **Vendor correlation id:** `c-1`',
    '- **Journal:** `2m4k7x1p`',
    '',
    'Sent:',
    '',
    '1. lower: `POST /subs/s1` at Sat 21 Nov 2026 12:00:00 UTC: no answer',
    '2. lower: `POST /subs/s1` at Sat 21 Nov 2026 12:00:00 UTC: accepted (HTTP 202, correlation id `c-0`)',
    '',
  ]);
});
