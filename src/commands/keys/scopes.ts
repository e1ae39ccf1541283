import type { Scope } from '../command.ts';

/** Every scope, in the order in which documents list them. */
const table = {
  any: true,
  level: true,
  subscriptions: true,
  subscription: true,
  requests: true,
  journal: true,
  entry: true,
  reply: true,
  today: true,
  filter: true,
  palette: true,
  help: true,
  menu: true,
  form: true,
  waiting: true,
  plan: true,
  sending: true,
  result: true,
  leave: true,
} as const satisfies Record<Scope, true>;

export const scopes = Object.keys(table).filter((name): name is Scope => name in table);
