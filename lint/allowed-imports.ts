/** A folder of `src`, or one file in it (`api/contract.ts`) if only that may be imported. */
export type Target = string;

export interface FolderRule {
  /** The allowed imports besides their own folder. Everything else is refused. */
  readonly imports: readonly Target[];
  /** Folders with type-only imports: they are not loaded. */
  readonly typesOnly?: readonly Target[];
  /** Packages, and restricted modules of Node (`restrictedModules`). Everything else is refused. */
  readonly packages: readonly string[];
}

/** Modules of Node that only the listed folders may import; all others are unrestricted. */
export const restrictedModules: readonly string[] = ['node:sqlite'];

const contract = 'api/contract.ts';

/** The allowed imports. The linter's rules are generated from this table by `npm run imports`. */
export const allowedImports: Readonly<Record<string, FolderRule>> = {
  model: { imports: [], packages: [] },
  system: { imports: ['model'], packages: [] },
  api: { imports: ['model', 'version.ts'], packages: ['got', 'p-queue', 'valibot'] },
  operations: { imports: ['model', contract], packages: ['valibot'] },
  store: { imports: ['model', 'system', contract], packages: ['node:sqlite'] },
  postgres: { imports: ['model'], packages: ['pg'] },
  journal: { imports: ['model', 'system', 'postgres', contract], packages: ['node:sqlite', 'valibot'] },
  query: { imports: ['model', 'store'], packages: ['node:sqlite'] },
  // What other members of a team published is checked like what vendors send.
  sync: { imports: ['model', 'api', 'store'], packages: ['node:sqlite', 'valibot'] },
  writes: { imports: ['model', 'system', 'operations', 'journal', 'query', contract], packages: ['valibot'] },
  today: { imports: ['model', 'operations', 'journal', 'query', contract], packages: ['string-width'] },
  customers: { imports: ['model', 'operations', 'journal', 'query', 'today'], packages: [] },
  team: {
    imports: ['model', 'system', 'postgres', 'journal', 'store', 'sync', contract],
    typesOnly: ['secrets'],
    packages: ['valibot'],
  },
  state: {
    imports: ['model', 'operations', 'writes', 'today', 'customers', 'query', 'journal', contract],
    packages: ['zustand'],
  },
  commands: {
    imports: [
      ...['model', 'system', 'operations', 'writes', 'today', 'customers', 'query', 'sync', 'journal', 'state'],
      // The settings, assumptions, limits and faults that help explains.
      ...[contract, 'api/assumption.ts', 'api/call-limits.ts', 'config/json-schema.ts', 'sandbox/fault-order.ts'],
    ],
    typesOnly: ['config', 'secrets', 'team'],
    packages: [],
  },
  assistant: {
    imports: ['model', 'operations', 'writes', 'journal', 'commands'],
    packages: ['@modelcontextprotocol/server'],
  },
  screens: {
    imports: ['model', 'state', 'today', 'customers', 'commands'],
    packages: ['ink', 'react', 'string-width', '@alcalzone/ansi-tokenize', 'zustand'],
  },
  cli: { imports: ['model', 'commands'], packages: ['string-width', 'cli-truncate'] },
  config: { imports: ['model', 'system'], packages: ['valibot'] },
  secrets: { imports: ['model', 'system'], packages: ['@napi-rs/keyring', 'valibot'] },
  sandbox: { imports: ['model', 'system/executable.ts'], packages: ['hono', '@hono/node-server'] },
  app: { imports: ['**'], packages: ['**'] },
};
