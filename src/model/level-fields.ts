import { type ListField, type ListFields, listFieldNamed, textsOf } from './list-fields.ts';
import type { LevelNode } from './scope.ts';

/** Where nothing was read yet, nobody knows; that is not zero. */
function counted(key: keyof LevelNode['counts']): ListField<LevelNode>['texts'] {
  return ({ counts, readAt }) => (readAt === null && counts[key] === 0 ? [] : [String(counts[key])]);
}

/** Every field of a row of a level, in the order of menus. */
export const levelFields = {
  name: { aliases: [], label: 'name', kind: 'text', texts: ({ name }) => textsOf(name || null) },
  connection: { aliases: [], label: 'connection', kind: 'text', texts: ({ connection }) => textsOf(connection) },
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
  vendor: { aliases: [], label: 'vendor', kind: 'text', texts: ({ vendor }) => textsOf(vendor) },
  id: { aliases: [], label: 'id', kind: 'text', texts: ({ id }) => textsOf(id) },
  read: { aliases: ['readAt'], label: 'last read', kind: 'date', texts: ({ readAt }) => textsOf(readAt) },
} as const satisfies ListFields<LevelNode>;

export type LevelField = keyof typeof levelFields;

export const levelFieldNames = Object.keys(levelFields) as readonly LevelField[];

/** The field of a name in any case, or null. */
export function levelFieldNamed(name: string): LevelField | null {
  return listFieldNamed(levelFields, name);
}
