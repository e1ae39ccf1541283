import type { LevelNode } from './scope.ts';

/** What a row of sellers, resellers, organizations or services is filtered and sorted by. */
interface LevelFieldDeclaration {
  /** Understood as well, like the headers of tables and the names in JSON and CSV. */
  readonly aliases: readonly string[];
  /** Its column's header, if that is none of the above. A filter cannot spell it, a sort order can. */
  readonly header?: string;
  /** In menus. */
  readonly label: string;
  readonly kind: 'text' | 'number' | 'date';
  /** None: null. */
  readonly texts: (node: LevelNode) => readonly string[];
}

const one = (text: string | null): readonly string[] => (text === null ? [] : [text]);

/** Where nothing was read yet, nobody knows; that is not zero. */
function counted(key: keyof LevelNode['counts']): LevelFieldDeclaration['texts'] {
  return ({ counts, readAt }) => (readAt === null && counts[key] === 0 ? [] : [String(counts[key])]);
}

/** Every field of a row of a level, in the order of menus. */
export const levelFields = {
  name: { aliases: [], label: 'name', kind: 'text', texts: ({ name }) => one(name || null) },
  connection: { aliases: [], label: 'connection', kind: 'text', texts: ({ connection }) => one(connection) },
  resellers: { aliases: [], label: 'resellers', kind: 'number', texts: counted('resellers') },
  organizations: { aliases: ['orgs'], label: 'organizations', kind: 'number', texts: counted('organizations') },
  services: { aliases: [], label: 'services', kind: 'number', texts: counted('services') },
  subscriptions: { aliases: ['subs'], label: 'subscriptions', kind: 'number', texts: counted('subscriptions') },
  seats: { aliases: [], label: 'seats', kind: 'number', texts: counted('seats') },
  endingSoon: {
    aliases: ['ending'],
    header: 'ENDS < 30 D',
    label: 'ending soon',
    kind: 'number',
    texts: counted('endingSoon'),
  },
  vendor: { aliases: [], label: 'vendor', kind: 'text', texts: ({ vendor }) => one(vendor) },
  id: { aliases: [], label: 'id', kind: 'text', texts: ({ id }) => one(id) },
  read: { aliases: ['readAt'], label: 'last read', kind: 'date', texts: ({ readAt }) => one(readAt) },
} as const satisfies Readonly<Record<string, LevelFieldDeclaration>>;

export type LevelField = keyof typeof levelFields;

export const levelFieldNames = Object.keys(levelFields) as readonly LevelField[];

const byName = new Map(
  levelFieldNames.flatMap((field) => {
    const { aliases, header }: LevelFieldDeclaration = levelFields[field];
    return [field, ...aliases, header ?? field].map((name) => [name.toLowerCase(), field]);
  }),
);

/** The field of a name in any case, or null. */
export function levelFieldNamed(name: string): LevelField | null {
  return byName.get(name.toLowerCase()) ?? null;
}
