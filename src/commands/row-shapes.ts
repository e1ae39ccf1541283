import { allFields, type Field } from '../model/field-names.ts';
import { either, listOf, mapOf, named, type OutputShape, object, texts } from './output-shape.ts';

/** Fields of a subscription that are no text, number or switch. */
const structured: Readonly<Record<string, OutputShape>> = {
  seller: named,
  reseller: named,
  organization: named,
  product: named,
  services: listOf(named),
  renewal: object({ ...texts('mode', 'productId', 'plan'), quantity: 'number' }),
  prices: listOf(object(texts('kind', 'amount', 'currency'))),
  sameAs: listOf('text'),
  externalIds: mapOf('text'),
  surprises: listOf('text'),
};

function fieldShape({ property, value: { kind } }: Field): OutputShape {
  return structured[property] ?? (kind === 'number' || kind === 'switch' ? kind : 'text');
}

/** As `subscriptionJson` gives it. */
export const subscriptionShape = object(
  Object.fromEntries(
    allFields.filter(({ use }) => use.includes('json')).map((field) => [field.property, fieldShape(field)]),
  ),
);

const vendorAnswer = object({ status: 'number', correlationId: 'text' });

/** As `journalJson` gives it. */
export const journalShape = object({
  ...texts('id', 'at', 'ref', 'account', 'verb', 'sentence', 'state', 'reason', 'by', 'basis', 'corrects'),
  before: mapOf('any'),
  after: mapOf('any'),
  vendor: vendorAnswer,
});

/** As `requestJson` gives it. */
export const requestShape = object({
  ...texts('id', 'ref', 'state', 'vendorState', 'vendorRequestId', 'startedAt', 'checkedAt', 'nextCheckAt'),
  from: 'number',
  to: 'number',
});

const cost = object(texts('currency', 'amount', 'period', 'kind', 'covers'));

/** As `itemJson` gives it. */
export const itemShape = object({
  ...texts('key', 'kind', 'due', 'urgency', 'ref', 'connection', 'name', 'organization', 'journalId', 'why'),
  ...texts('owner', 'note', 'snoozedUntil'),
  count: 'number',
  seats: 'number',
  money: listOf(cost),
  next: object(texts('words', 'key')),
});

/** As `groupJson` gives it. */
export const groupShape = object({
  ...texts('group', 'due'),
  items: listOf(itemShape),
  count: 'number',
  seats: 'number',
  money: listOf(cost),
});

/** As `missingJson` gives it. */
export const missingShape = object(texts('connection', 'message', 'next'));

/** As `organizationJson` gives it. */
export const organizationShape = object({
  ...texts('id', 'name', 'domain'),
  connections: listOf('text'),
  linked: object(texts('customer', 'by', 'at')),
});

/** A line on stderr, as `faultLine` gives it. */
export const faultLineShape = object({
  error: object({
    ...texts('kind', 'message', 'next', 'connection'),
    sent: 'switch',
    vendor: object({ status: 'number', ...texts('code', 'message', 'correlationId') }),
  }),
});

/** Of a plan: what a change does to the bill. */
export const planMoneyShape = object({
  price: object(texts('kind', 'amount', 'currency')),
  ...texts('basis', 'period', 'from', 'to', 'change', 'noPrice'),
  charged: object({ isKnown: 'switch', brief: 'text', sentence: 'text' }),
});

/** As `planMoneyTotals` gives them. */
export const planTotalsShape = object({
  sums: listOf(object({ ...texts('kind', 'currency', 'period', 'from', 'to', 'change'), rows: 'number' })),
  uncounted: 'number',
  withoutPrice: 'number',
});

/** As `planJson` gives it: a change that is planned and not sent. */
const plannedShape = object({
  ...texts('verb', 'ref', 'sentence'),
  irreversible: 'switch',
  before: mapOf('any'),
  after: mapOf('any'),
  money: planMoneyShape,
});

/** What was not sent: with `--dry-run`, or where nobody confirmed it. */
const plansShape = object({ plan: listOf(plannedShape) });

/** Of a command that sends a change. */
export const writeShape = either(
  object(texts('outcome', 'journalId'), { request: requestShape, wayBack: 'text' }),
  plansShape,
);

/** Of a command that runs a plan file. */
export const planRunShape = either(
  listOf(
    object(
      {
        row: 'number',
        ...texts('ref', 'verb', 'outcome', 'sentence', 'reason', 'journalId'),
        before: mapOf('any'),
        after: mapOf('any'),
        earlier: 'switch',
      },
      { wayBack: 'text' },
    ),
  ),
  plansShape,
);

/** Of an entry with its verdicts. */
export const entryShape = object({
  ...journalShape.fields,
  ...texts('purpose', 'wayBack'),
  verdicts: listOf(object(texts('state', 'at', 'basis', 'by', 'reason'))),
});
