import { allFields, type FieldId } from '../../../model/field-names.ts';
import { printable } from '../../../model/printable.ts';
import type { CachedSubscription, Renewal } from '../../../model/subscription.ts';
import type { ConsoleState } from '../../../state/console-state.ts';
import { deadlineOf, isOver } from '../../../today/deadline.ts';
import type { LabelledValue, PieceLine } from '../../parts/fields.ts';
import { fieldGrid } from '../../parts/fields.ts';
import type { Theme } from '../../parts/theme.ts';
import { runningOn, seats, statusTones } from '../../table/subscription-columns.ts';
import { ago, dayOf, daysFrom, elapsed, momentOf } from '../../text/dates.ts';
import { unknown } from '../../text/numbers.ts';
import { renewalWords } from '../../text/vendor-words.ts';

/** The most wanted fields of a subscription. */
export function mainLines(row: CachedSubscription, state: ConsoleState, theme: Theme): readonly PieceLine[] {
  return fieldGrid(mainFields(row, state, theme), state.columns - 4, 74);
}

/** Its ids by system, its read time, and unexpected vendor data. */
export function idLines(row: CachedSubscription, state: ConsoleState): readonly PieceLine[] {
  const lines = fieldGrid(idFields(row, state.now), state.columns - 4);
  if (row.surprises.length === 0) return lines;
  const heading: PieceLine = [{ text: 'The vendor sent unexpected data:', tone: 'warn' }];
  return [...lines, [], heading, ...row.surprises.map((text): PieceLine => [{ text: `  ${text}` }])];
}

function mainFields(row: CachedSubscription, state: ConsoleState, theme: Theme): readonly LabelledValue[] {
  const { marks } = theme;
  const running = runningOn(state.requests)(row);
  const vendorWord =
    row.vendorStatus === null || row.vendorStatus.toLowerCase() === row.status ? '' : ` (vendor: ${row.vendorStatus})`;
  const request = running === undefined ? '' : `   ${marks.running} running ${elapsed(running.startedAt, state.now)}`;
  return [
    { label: 'Status', value: `${marks.status[row.status]} ${row.status}${vendorWord}`, tone: statusTones[row.status] },
    { label: 'Product', value: row.product?.name ?? unknown },
    { label: 'Service', value: row.services.map((each) => each.name).join(', ') || unknown },
    { label: 'Organization', value: row.organization?.name ?? unknown },
    { label: 'Renewal', value: renewalText(row.renewal) },
    { label: 'Licence key', value: row.hasLicenseKey ? 'set, hidden' : 'none known' },
    {
      label: 'Seats',
      value: `${seats(row, running, marks)}${request}`,
      tone: running === undefined ? 'plain' : 'accent',
    },
    { label: 'Price', value: prices(row) },
    { label: 'Billing', value: [row.billing, row.term].filter((word) => word !== null).join(', ') || unknown },
    { label: 'Started', value: dayOf(row.startsAt) },
    { label: 'Ends', value: withDays(row.endsAt, state.now) },
    { label: 'Cancel', value: cancelWords(row, state.now), tone: row.cancellableUntil === null ? 'plain' : 'warn' },
    ...others.flatMap(({ names, value }) => {
      const text = value.cell(row);
      return text === null ? [] : [{ label: names.title, value: text }];
    }),
  ];
}

/** Fields that are shown differently here, or in the breadcrumbs. */
const told: readonly FieldId[] = [
  ...(['status', 'vendorStatus', 'product', 'service', 'org', 'renewal', 'hasLicenseKey', 'qty', 'price'] as const),
  ...(['billing', 'term', 'starts', 'ends', 'cancel', 'name', 'id', 'parentId', 'isTrial', 'isAddon'] as const),
  ...(['connection', 'vendor', 'ref', 'sameAs', 'read', 'externalIds', 'surprises', 'seller', 'reseller'] as const),
];
const others = allFields.filter(({ id }) => !told.includes(id));

function idFields(row: CachedSubscription, now: number): readonly LabelledValue[] {
  return [
    { label: 'Id', value: printable(row.id) },
    ...(row.parentId === null ? [] : [{ label: 'Add-on of', value: row.parentId }]),
    ...(row.isTrial ? [{ label: 'Kind', value: 'trial' }] : []),
    { label: 'Connection', value: `${row.connection} (${row.vendor})` },
    ...(row.sameAs.length === 0 ? [] : [{ label: 'Same as', value: row.sameAs.map(printable).join(', ') }]),
    { label: 'Read', value: ago(row.readAt, now) },
    ...Object.entries(row.externalIds).map(([label, value]) => ({ label, value })),
  ];
}

function prices(row: CachedSubscription): string {
  const texts = row.prices.map((price) => [price.amount, price.currency, price.kind].filter(Boolean).join(' '));
  return texts.join(' · ') || unknown;
}

function withDays(written: string | null, now: number): string {
  const days = daysFrom(written, now);
  return days === null ? dayOf(written) : `${dayOf(written)}, ${days}`;
}

function cancelWords(row: CachedSubscription, now: number): string {
  if (row.cancellableUntil === null) return 'no deadline known';
  const deadline = deadlineOf(row.cancellableUntil, { now });
  const until = `until ${momentOf(row.cancellableUntil)}`;
  if (deadline === null) return until;
  if (isOver(deadline, { now })) return `was possible ${until}`;
  return `possible ${until}, ${deadline.remaining}${deadline.remaining === 'today' ? '' : ' left'}`;
}

function renewalText(renewal: Renewal | null): string {
  if (renewal === null) return unknown;
  const more = [renewal.quantity === null ? null : `${renewal.quantity} seats`, renewal.productId, renewal.plan].filter(
    (word) => word !== null,
  );
  return [renewalWords[renewal.mode], ...more].join(', ');
}
