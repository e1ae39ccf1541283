import type { LevelNode } from '../../model/place.ts';
import type { Level } from '../../model/vendor.ts';
import type { Column } from '../parts/columns.ts';
import type { Tone } from '../parts/theme.ts';
import { ago } from '../text/dates.ts';
import { count } from '../text/numbers.ts';

/** The columns of a level: its counts of what lies below it, and at the top the connection each row came by. */
export function levelColumns(level: Level, now: number): readonly Column<LevelNode>[] {
  return [
    { title: 'NAME', rank: 0, min: 20, grow: 3, max: 56, value: (node) => node.name, tone: nameTone },
    ...(level === 'seller' ? connectionColumns : []),
    ...countColumns.filter((column) => column.above.includes(level)).map((column) => column.column),
    ...(level === 'seller' ? [readColumn(now)] : []),
  ];
}

function nameTone(node: LevelNode): Tone {
  return node.id === null ? 'dim' : 'plain';
}

const connectionColumns: readonly Column<LevelNode>[] = [
  { title: 'CONNECTION', rank: 2, min: 18, grow: 1, max: 24, value: (node) => node.connection, tone: () => 'dim' },
  { title: 'VENDOR', rank: 7, min: 12, value: (node) => node.vendor, tone: () => 'dim' },
];

interface CountColumn {
  readonly above: readonly Level[];
  readonly column: Column<LevelNode>;
}

function counting(
  title: string,
  key: keyof LevelNode['counts'],
  rank: number,
  above: readonly Level[],
  tone?: (node: LevelNode) => Tone,
): CountColumn {
  const value = (node: LevelNode) => count(node.counts[key]);
  const column = { title, rank, min: Math.max(7, title.length), align: 'right', value } as const;
  return { above, column: tone === undefined ? column : { ...column, tone } };
}

const countColumns: readonly CountColumn[] = [
  counting('RESELLERS', 'resellers', 5, ['seller']),
  counting('ORGS', 'organizations', 3, ['seller', 'reseller']),
  counting('SERVICES', 'services', 4, ['organization']),
  counting('SUBS', 'subscriptions', 1, ['seller', 'reseller', 'organization', 'service']),
  counting('SEATS', 'seats', 2, ['seller', 'reseller', 'organization', 'service']),
  counting('ENDING', 'endingSoon', 4, ['seller', 'reseller', 'organization', 'service'], (node) =>
    node.counts.endingSoon > 0 ? 'warn' : 'dim',
  ),
];

function readColumn(now: number): Column<LevelNode> {
  return {
    title: 'READ',
    rank: 6,
    min: 12,
    value: (node) => (node.readAt === null ? 'never' : ago(node.readAt, now)),
    tone: () => 'dim',
  };
}
