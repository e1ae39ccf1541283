import type { LevelNode } from '../../model/scope.ts';
import type { Level } from '../../model/vendor.ts';
import type { Tone } from '../parts/theme.ts';
import { ago } from '../text/dates.ts';
import { count, countIn } from '../text/numbers.ts';
import { withColumn } from './alike.ts';
import type { Column } from './columns.ts';
import { columnsToShow } from './columns-to-show.ts';

/** The columns of a level: counts of what is below, and at the top level the connection of each row. */
export function levelColumns(
  level: Level,
  now: number,
  chosen: readonly string[] | null = null,
  namesConnection = false,
): readonly Column<LevelNode>[] {
  const shown = [name, ...columnsToShow(level, chosen, [connection, ...columns, readColumn(now)])];
  return namesConnection ? withColumn(shown, connection) : shown;
}

const name: Column<LevelNode> = {
  id: 'name',
  title: 'NAME',
  rank: 0,
  min: 20,
  good: 34,
  grow: 3,
  max: 64,
  value: (node) => node.name,
  tone: (node): Tone => (node.id === null ? 'dim' : 'plain'),
};

const connection: Column<LevelNode> = {
  id: 'connection',
  title: 'CONNECTION',
  rank: 5,
  min: 18,
  grow: 1,
  max: 24,
  value: (node) => node.connection,
  tone: () => 'dim',
};

const columns: readonly Column<LevelNode>[] = [
  { id: 'vendor', title: 'VENDOR', rank: 8, min: 12, value: (node) => node.vendor, tone: () => 'dim' },
  counting('resellers', 'RESELLERS', 'resellers', 6),
  counting('orgs', 'ORGS', 'organizations', 3),
  counting('services', 'SERVICES', 'services', 5),
  counting('subs', 'SUBS', 'subscriptions', 1),
  counting('seats', 'SEATS', 'seats', 2),
  counting('ending', 'ENDS < 30 D', 'endingSoon', 4, (node) => (node.counts.endingSoon > 0 ? 'warn' : 'dim')),
];

/** Wide enough for 99,999; larger numbers are shortened. Sums of seats get larger. */
function counting(
  id: string,
  title: string,
  key: keyof LevelNode['counts'],
  rank: number,
  tone?: (node: LevelNode) => Tone,
): Column<LevelNode> {
  const column: Column<LevelNode> = {
    id,
    title,
    rank,
    min: Math.max(key === 'seats' ? 9 : 7, title.length),
    align: 'right',
    value: (node) => count(known(node, key)),
    short: (node, width) => countIn(known(node, key), width),
  };
  return tone === undefined ? column : { ...column, tone };
}

/** Null, which is not zero, if nothing was read yet. */
function known({ counts, readAt }: LevelNode, key: keyof LevelNode['counts']): number | null {
  return readAt === null && counts[key] === 0 ? null : counts[key];
}

function readColumn(now: number): Column<LevelNode> {
  return {
    id: 'read',
    title: 'READ',
    rank: 7,
    min: 11,
    value: (node) => (node.readAt === null ? 'never' : ago(node.readAt, now)),
    tone: () => 'dim',
  };
}
