import { costOf, periodicText } from '../../../model/cost.ts';
import { dateField } from '../../../model/date-words.ts';
import { type FieldId, overviewFields } from '../../../model/field-names.ts';
import type { OverviewPlace } from '../../../model/fields.ts';
import { printable } from '../../../model/printable.ts';
import { noRenewalWords, renewalAhead } from '../../../model/renewal-ahead.ts';
import type { CachedSubscription } from '../../../model/subscription.ts';
import { colleagueOn } from '../../../state/colleagues.ts';
import type { ConsoleState } from '../../../state/console-state.ts';
import { chargedIfCancelled } from '../../../today/charged.ts';
import { colleagueText } from '../../../today/colleagues.ts';
import { deadlineMoment, deadlineOf, isOver } from '../../../today/deadline.ts';
import type { LabelledValue, PieceLine } from '../../parts/fields.ts';
import { fieldGrid, fieldLines } from '../../parts/fields.ts';
import type { Theme } from '../../parts/theme.ts';
import { runningOn, seats, statusTones } from '../../table/subscription-columns.ts';
import { ago, daysFrom, elapsed } from '../../text/dates.ts';
import { unknown } from '../../text/numbers.ts';
import { renewalWords } from '../../text/vendor-words.ts';

/** The most wanted fields of a subscription. */
export function mainLines(row: CachedSubscription, state: ConsoleState, theme: Theme): readonly PieceLine[] {
  const grid = fieldGrid(mainFields(row, state, theme), state.columns - 4, 74);
  return [...grid, ...chargedLines(row, state)];
}

/** Its ids by system, its read time, and unexpected vendor data. */
export function idLines(row: CachedSubscription, state: ConsoleState): readonly PieceLine[] {
  const lines = fieldGrid(idFields(row, state.now), state.columns - 4);
  if (row.surprises.length === 0) return lines;
  const heading: PieceLine = [{ text: 'The vendor sent unexpected data:', tone: 'warn' }];
  return [...lines, [], heading, ...row.surprises.map((text): PieceLine => [{ text: `  ${text}` }])];
}

/** How fields say themselves here where their title and their cell do not; none: no line. */
type Said = Readonly<Partial<Record<FieldId, readonly LabelledValue[]>>>;

function fieldsOf(part: OverviewPlace['part'], row: CachedSubscription, said: Said): readonly LabelledValue[] {
  return overviewFields(part).flatMap(({ id, names, value }) => {
    const text = value.cell(row);
    return said[id] ?? (text === null ? [] : [{ label: names.title, value: text }]);
  });
}

function mainFields(row: CachedSubscription, state: ConsoleState, theme: Theme): readonly LabelledValue[] {
  const { marks } = theme;
  const running = runningOn(state.requests)(row);
  const colleague = colleagueOn(state, row);
  const vendorWord =
    row.vendorStatus === null || row.vendorStatus.toLowerCase() === row.status ? '' : ` (vendor: ${row.vendorStatus})`;
  const request = running === undefined ? '' : `   ${marks.running} running ${elapsed(running.startedAt, state.now)}`;
  const tone = running === undefined ? 'plain' : 'accent';
  const billed = [row.billing, row.term].filter((word) => word !== null).join(', ');
  return fieldsOf('main', row, {
    status: [
      {
        label: 'Status',
        value: `${marks.status[row.status]} ${row.status}${vendorWord}`,
        tone: statusTones[row.status],
      },
      ...(colleague === null ? [] : [{ label: 'In work', value: colleagueText(colleague), tone: 'accent' as const }]),
    ],
    product: [{ label: 'Product', value: row.product?.name ?? unknown }],
    service: [{ label: 'Service', value: row.services.map((each) => each.name).join(', ') || unknown }],
    org: [{ label: 'Organization', value: row.organization?.name ?? unknown }],
    renewal: [{ label: 'Renewal', value: renewalText(row) }],
    hasLicenseKey: [{ label: 'Licence key', value: row.hasLicenseKey ? 'set, hidden' : 'none known' }],
    qty: [{ label: 'Seats', value: `${seats(row, running, marks)}${request}`, tone }],
    price: [{ label: 'Price', value: prices(row) }, ...costFields(row, state)],
    billing: [{ label: 'Billing', value: billed || unknown }],
    starts: [{ label: 'Started', value: row.startsAt === null ? unknown : dateField(row.startsAt) }],
    ends: [{ label: 'Ends', value: withDays(row.endsAt, state.now) }],
    cancel: [
      {
        ...{ label: 'Cancel', value: cancelWords(row, state.now) },
        tone: row.cancellableUntil === null ? 'plain' : 'warn',
      },
    ],
  });
}

function idFields(row: CachedSubscription, now: number): readonly LabelledValue[] {
  return fieldsOf('identity', row, {
    id: [{ label: 'Id', value: printable(row.id) }],
    isTrial: row.isTrial ? [{ label: 'Kind', value: 'trial' }] : [],
    connection: [{ label: 'Connection', value: `${row.connection} (${row.vendor})` }],
    sameAs: row.sameAs.length === 0 ? [] : [{ label: 'Same as', value: row.sameAs.map(printable).join(', ') }],
    read: [{ label: 'Read', value: ago(row.readAt, now) }],
    externalIds: Object.entries(row.externalIds).map(([label, value]) => ({ label, value })),
  });
}

/** Of all seats, where it is known. The kind of price stands beside the price itself. */
function costFields(row: CachedSubscription, state: ConsoleState): readonly LabelledValue[] {
  const cost = costOf(row, chargingOf(row, state)?.basis ?? null);
  return cost?.covers === 'all' ? [{ label: 'Cost', value: periodicText(cost, cost.period) }] : [];
}

/** What is still charged, in one line. */
function chargedLines(row: CachedSubscription, state: ConsoleState): readonly PieceLine[] {
  const charging = chargingOf(row, state);
  const charged = charging === null ? null : chargedIfCancelled(row, charging, state.now);
  if (charged === null) return [];
  const [line, ...more] = fieldLines({ label: 'If cancelled', value: charged.sentence }, state.columns - 4);
  if (line !== undefined && more.length === 0) return [line];
  return fieldLines({ label: 'If cancelled', value: `still charged: ${charged.brief}` }, state.columns - 4);
}

function chargingOf({ connection }: CachedSubscription, { connections }: ConsoleState) {
  return connections.find(({ name }) => name === connection)?.charging ?? null;
}

function prices(row: CachedSubscription): string {
  const texts = row.prices.map((price) => [price.amount, price.currency, price.kind].filter(Boolean).join(' '));
  return texts.join(' · ') || unknown;
}

function withDays(written: string | null, now: number): string {
  if (written === null) return unknown;
  const days = daysFrom(written, now);
  return days === null ? dateField(written) : `${dateField(written)}, ${days}`;
}

function cancelWords(row: CachedSubscription, now: number): string {
  if (row.cancellableUntil === null) return 'no deadline known';
  const deadline = deadlineOf(row.cancellableUntil, { now });
  if (deadline === null) return `by ${row.cancellableUntil}`;
  const moment = deadlineMoment(deadline, { now });
  if (isOver(deadline, { now })) return `the period ended ${moment}`;
  return `by ${moment}, ${deadline.remaining}${deadline.remaining === 'today' ? '' : ' left'}`;
}

function renewalText(row: CachedSubscription): string {
  const renewal = renewalAhead(row);
  if (renewal === null) return noRenewalWords(row) ?? unknown;
  const more = [renewal.quantity === null ? null : `${renewal.quantity} seats`, renewal.productId, renewal.plan].filter(
    (word) => word !== null,
  );
  return [renewalWords[renewal.mode], ...more].join(', ');
}
