import { type Cost, costOf, costText } from '../../model/cost.ts';
import { dateField } from '../../model/date-words.ts';
import { type Fault, FaultError, fault } from '../../model/fault.ts';
import { type Field, type FieldId, lineFields } from '../../model/field-names.ts';
import { planKey } from '../../model/open-plans.ts';
import type { Charged } from '../../model/plan-money.ts';
import { noRenewalWords, renewalAhead } from '../../model/renewal-ahead.ts';
import type { CachedSubscription } from '../../model/subscription.ts';
import type { JsonObject } from '../../model/text.ts';
import { chargedIfCancelled } from '../../today/charged.ts';
import { type ColleagueWork, colleaguesOf, colleagueText } from '../../today/colleagues.ts';
import { accountsIn } from '../../today/today.ts';
import type { Command, Input } from '../command.ts';
import type { ReadContext, ReadingContext } from '../context.ts';
import { findSubscription } from '../find.ts';
import { argument, isOn } from '../given-values.ts';
import { mapOf, object } from '../output-shape.ts';
import type { Reply, Section } from '../reply.ts';
import { ending } from '../reply-ending.ts';
import { subscriptionShape } from '../row-shapes.ts';
import { subscriptionJson } from '../subscription-row.ts';
import { liveFlag, refArgument } from './flags.ts';

export const subscriptionShow: Command = {
  id: 'subscription show',
  summary: 'one subscription with all its fields',
  words: {
    effect: 'reads',
    output: object(subscriptionShape.fields, { raw: mapOf('any') }),
    kind: 'object',
    args: [refArgument],
    flags: [{ name: 'raw', help: "add the vendor's own object, licence keys masked" }, liveFlag],
    examples: ['subscription show nordic/sub-1 --raw --json'],
    run,
  },
};

async function run(context: ReadContext & Pick<ReadingContext, 'journal'>, input: Input): Promise<Reply> {
  const found = await findSubscription(context, input, argument(input, 'REF'), []);
  const faults = isOn(input, 'live') ? await readAgain(context, input, found) : [];
  const row = context.cache.subscription(found.connection, found.id);
  if (!row) throw gone(found);
  const raw = isOn(input, 'raw') ? context.cache.raw(row.connection, row.id) : undefined;
  const money = moneyOf(row, context);
  await context.journal.refresh();
  const colleague = colleagueOf(row, context);
  const json = subscriptionJson(row);
  return {
    kind: 'object',
    json: raw === undefined ? json : { ...json, raw },
    sections: [sectionOf(row, money, colleague), ...(raw ? [rawSection(raw)] : [])],
    ...ending(faults, true),
  };
}

async function readAgain(
  context: Pick<ReadingContext, 'mode' | 'sync'>,
  input: Input,
  { ref }: CachedSubscription,
): Promise<readonly Fault[]> {
  if (context.mode.offline)
    throw fault('denied', 'Offline mode makes no calls to vendors.', 'Leave out --offline or --live.');
  try {
    await context.sync.refreshOne(ref, { signal: input.signal });
    return [];
  } catch (error) {
    if (error instanceof FaultError) return [error.fault];
    throw error;
  }
}

function gone({ connection, id }: CachedSubscription): FaultError {
  return fault(
    'missing',
    `${connection} no longer has the subscription "${id}".`,
    'subdeck subscription list shows them.',
    {
      connection,
    },
  );
}

type Line = readonly [string, string | null];

/** Fields that show more than their table cell, something else, or several lines. */
const said: Readonly<Partial<Record<FieldId, (row: CachedSubscription) => string | null | readonly Line[]>>> = {
  status: ({ status, vendorStatus }) =>
    vendorStatus === null || vendorStatus.toLowerCase() === status ? status : `${status} (vendor: ${vendorStatus})`,
  renewal: (row) => {
    const renewal = renewalAhead(row);
    if (renewal === null) return noRenewalWords(row);
    return [renewal.mode, renewal.plan, renewal.quantity].filter((part) => part !== null).join(' · ');
  },
  isTrial: ({ isTrial }) => (isTrial ? 'yes' : 'no'),
  parentId: ({ isAddon, parentId }) => (isAddon ? (parentId ?? 'unknown') : null),
  hasLicenseKey: ({ hasLicenseKey }) => (hasLicenseKey ? 'set' : 'none'),
  externalIds: ({ externalIds }) => Object.entries(externalIds),
  surprises: ({ surprises }) => surprises.map((surprise) => ['Odd', surprise]),
};

function linesOf({ id, names, value }: Field, row: CachedSubscription): readonly Line[] {
  const text = (said[id] ?? value.cell)(row);
  if (text !== null && typeof text !== 'string') return text;
  return [[names.title, text !== null && value.kind === 'date' ? dateField(text) : text]];
}

/** What it costs, and what would still be charged if it were cancelled now; null: not known, or nothing to cancel. */
interface Money {
  readonly cost: Cost | null;
  readonly ifCancelled: Charged | null;
}

function moneyOf(row: CachedSubscription, { connections, clock }: Pick<ReadContext, 'connections' | 'clock'>): Money {
  const charging = connections.list.find(({ name }) => name === row.connection)?.charging ?? null;
  if (charging === null) return { cost: null, ifCancelled: null };
  return { cost: costOf(row, charging.basis), ifCancelled: chargedIfCancelled(row, charging, clock.now()) };
}

/** Only what the journal has: plans on screen are told to consoles. */
function colleagueOf(
  { connection, id }: CachedSubscription,
  { connections, clock, journal }: Pick<ReadingContext, 'connections' | 'clock' | 'journal'>,
): ColleagueWork | null {
  const account = accountsIn(connections.list)(connection);
  if (account === null) return null;
  return colleaguesOf({ journal, plans: new Map() }, { now: clock.now() }).get(planKey({ account, id })) ?? null;
}

function sectionOf(row: CachedSubscription, { cost, ifCancelled }: Money, colleague: ColleagueWork | null): Section {
  const lines = lineFields.flatMap((field) => {
    const own = linesOf(field, row);
    return field.id === 'price' && cost !== null ? [...own, ['Cost', costText(cost)] as const] : own;
  });
  const end: readonly Line[] = ifCancelled === null ? [] : [['If cancelled now', ifCancelled.sentence]];
  const work: readonly Line[] = colleague === null ? [] : [['In work', colleagueText(colleague)]];
  return { title: null, fields: [...lines, ...work, ...end].map(([label, value]) => ({ label, value })) };
}

function rawSection(raw: JsonObject): Section {
  return {
    title: 'Raw',
    fields: Object.entries(raw).map(([label, value]) => ({ label, value: JSON.stringify(value) })),
  };
}
