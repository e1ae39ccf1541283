import { askedFields } from '../../model/asked-fields.ts';
import { fault } from '../../model/fault.ts';
import { fieldNamed, isFilterField, isSortField, offeredSorts, type SortField } from '../../model/field-names.ts';
import { parseFilter, subscriptionLanguage } from '../../model/filter-parse.ts';
import { valuesOfConnections } from '../../model/filter-without-match.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { SubscriptionQuery } from '../../query/cache-reader.ts';
import { unplacedRows } from '../../query/unplaced-rows.ts';
import type { Command, Input } from '../command.ts';
import type { ReadContext, ReadingContext } from '../context.ts';
import { filterFlag, givenFilter, sortFlag, sortFrom } from '../filter-and-sort.ts';
import { demandNode, requestedScope } from '../find.ts';
import { freshen } from '../freshness.ts';
import { flag, isOn, wholeNumber } from '../given-values.ts';
import { askVendors } from '../live-search.ts';
import type { Reply } from '../reply.ts';
import { ending } from '../reply-ending.ts';
import { subscriptionShape } from '../row-shapes.ts';
import { columnsWith, subscriptionRow } from '../subscription-row.ts';
import { unplacedFault } from '../unplaced-fault.ts';
import { connectionFlag, liveFlag, withinFlag } from './flags.ts';

export const subscriptionList: Command = {
  id: 'subscription list',
  summary: 'subscriptions, filtered, searched and sorted',
  words: {
    effect: 'reads',
    output: subscriptionShape,
    kind: 'list',
    args: [],
    flags: [
      connectionFlag,
      withinFlag,
      filterFlag('status:active ends<30d -trial', subscriptionLanguage),
      { name: 'search', value: 'TEXT', help: 'text to find in any text column' },
      sortFlag(offeredSorts),
      { name: 'limit', value: 'N', help: 'maximum number of rows' },
      liveFlag,
    ],
    examples: [
      'subscription list --filter "ends<30d -trial" --sort ends',
      'subscription list --connection nordic --csv',
    ],
    run,
  },
};

async function run(context: ReadContext & Pick<ReadingContext, 'settings'>, input: Input): Promise<Reply> {
  const limit = flag(input, 'limit') === null ? null : wholeNumber(flag(input, 'limit') ?? '', '--limit');
  const filter = givenFilter(input, parseFilter, subscriptionLanguage, valuesOfConnections(context.connections.list));
  const sort = sortFrom(flag(input, 'sort'), sortFieldNamed, offeredSorts);
  const { names, within } = requestedScope(context, input);
  const search = flag(input, 'search');
  const query = { scope: within ? [within] : [], connections: names, filter, search, sort: sort ? [sort] : [] };

  const live = isOn(input, 'live');
  const asked = live ? await askVendors(context, input, names, { ...query, sort, limit }) : null;
  const faults = asked?.faults ?? (await freshen(context, input, names));
  if (faults.length === 0) demandNode(context, within);
  const unplaced = unplacedRows(context.cache, query).map(unplacedFault);
  return {
    kind: 'list',
    columns: columnsWith(askedFields(query.sort, filter)),
    rows: rowsOf(context, query, asked?.only ?? null, limit),
    empty: 'No subscriptions match.',
    ...ending(
      [...faults, ...unplaced],
      names.some((name) => context.cache.freshness(name).rows > 0),
    ),
  };
}

function* rowsOf(
  context: Pick<ReadingContext, 'cache'>,
  query: Omit<SubscriptionQuery, 'offset' | 'limit'>,
  only: ((subscription: Subscription) => boolean) | null,
  limit: number | null,
) {
  let given = 0;
  if (limit === 0) return;
  for (const subscription of context.cache.eachSubscription(query)) {
    if (only && !only(subscription)) continue;
    yield subscriptionRow(subscription);
    given += 1;
    if (given === limit) return;
  }
}

/** Null: there is no such field. Throws a `usage` fault for one that has no order. */
function sortFieldNamed(name: string): SortField | null {
  const field = fieldNamed(name);
  if (field === null) return null;
  if (isSortField(field)) return field.id;
  if (!isFilterField(field)) return null;
  const { id, names } = field;
  throw fault(
    'usage',
    `--sort ${id}: a subscription can have several ${names.label}, in no order, so nothing is sorted by them.`,
    `Find one of them with --filter "${id}=…", or sort by another field.`,
  );
}
