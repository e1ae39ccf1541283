import { levelLanguage, parseLevelFilter } from '../../model/filter-parse.ts';
import { valuesOfConnections } from '../../model/filter-without-match.ts';
import { levelFieldNamed, levelFieldNames } from '../../model/level-fields.ts';
import type { LevelNode } from '../../model/scope.ts';
import { type Level, levels } from '../../model/vendor.ts';
import type { LevelQuery } from '../../query/cache-reader.ts';
import type { Command, Input } from '../command.ts';
import type { ReadContext, ReadingContext } from '../context.ts';
import { filterFlag, givenFilter, sortFlag, sortFrom } from '../filter-and-sort.ts';
import { demandNode, requestedScope } from '../find.ts';
import { freshen } from '../freshness.ts';
import { flag } from '../given-values.ts';
import { mapOf, object, texts } from '../output-shape.ts';
import type { Column, Reply, Row } from '../reply.ts';
import { ending } from '../reply-ending.ts';
import { connectionFlag, withinFlag } from './flags.ts';

/** `seller list`, `reseller list`, `organization list`, `service list`. */
export const levelCommands: readonly Command[] = levels.map((level) => ({
  id: `${level} list`,
  summary: `the ${level}s, with counts of what is below each`,
  words: {
    effect: 'reads',
    output: object({ ...texts('id', 'name', 'connection', 'vendor', 'level', 'readAt'), counts: mapOf('number') }),
    kind: 'list',
    args: [],
    flags: [connectionFlag, withinFlag, filterFlag('seats>100 endingSoon>0', levelLanguage), sortFlag(levelFieldNames)],
    examples: [`${level} list --connection nordic`, `${level} list --filter "seats>100" --sort seats:desc`],
    run: (context: ReadingContext, input: Input) => run(level, context, input),
  },
}));

const windowLength = 1_000;

async function run(
  level: Level,
  context: ReadContext & Pick<ReadingContext, 'settings'>,
  input: Input,
): Promise<Reply> {
  const { names, within } = requestedScope(context, input);
  const filter = givenFilter(input, parseLevelFilter, levelLanguage, valuesOfConnections(context.connections.list));
  const sort = sortFrom(flag(input, 'sort'), levelFieldNamed, levelFieldNames);
  const faults = await freshen(context, input, names);
  if (faults.length === 0) demandNode(context, within);
  const asked = { level, scope: within ? [within] : [], connections: names, search: null, sort };
  return {
    kind: 'list',
    columns: levelColumns,
    rows: rowsOf(context, { ...asked, filter }),
    empty: filter.length === 0 ? `There are no ${level}s here.` : `No ${level} matches.`,
    ...ending(faults, context.cache.levelWindow({ ...asked, offset: 0, limit: 1 }).total > 0),
  };
}

function* rowsOf(context: Pick<ReadingContext, 'cache'>, query: Omit<LevelQuery, 'offset' | 'limit'>): Iterable<Row> {
  for (let offset = 0; ; offset += windowLength) {
    const { rows, total } = context.cache.levelWindow({ ...query, offset, limit: windowLength });
    yield* rows.map(levelRow);
    if (rows.length === 0 || offset + rows.length >= total) return;
  }
}

export const levelColumns: readonly Column[] = [
  { id: 'name', title: 'name', align: 'left' },
  { id: 'connection', title: 'connection', align: 'left' },
  { id: 'organizations', title: 'organizations', align: 'right' },
  { id: 'services', title: 'services', align: 'right' },
  { id: 'subscriptions', title: 'subscriptions', align: 'right' },
  { id: 'seats', title: 'seats', align: 'right' },
  { id: 'id', title: 'id', align: 'left' },
  { id: 'vendor', title: 'vendor', align: 'left', hidden: true },
  { id: 'readAt', title: 'read', align: 'left', isDate: true, hidden: true },
];

export function levelRow({ id, name, connection, vendor, level, counts, readAt }: LevelNode): Row {
  const { organizations, services, subscriptions, seats } = counts;
  return {
    json: { id, name: id === null ? null : name, connection, vendor, level, counts, readAt },
    cells: [name, connection, ...[organizations, services, subscriptions, seats].map(String), id, vendor, readAt],
  };
}
