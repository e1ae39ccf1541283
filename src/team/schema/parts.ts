import { accounts } from './accounts.ts';
import { connections } from './connections.ts';
import { journal } from './journal.ts';
import { limits } from './limits.ts';
import { members } from './members.ts';
import { pages } from './pages.ts';
import type { SchemaPart } from './part.ts';
import { plans } from './plans.ts';
import { store } from './store.ts';

/** The version of the schema that this program works with. */
export const schemaVersion = 1;

/** What the schema is made of, in the order in which it is created. */
export const schemaParts: readonly SchemaPart[] = [
  store,
  members,
  connections,
  journal,
  limits,
  pages,
  accounts,
  plans,
];
