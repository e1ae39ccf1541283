/** A folder of `src`, or one file in it (`api/contract.ts`) where a folder may be imported no further than that. */
export type Target = string;

export interface FolderRule {
  /** What its files may import beside their own folder. Everything else is refused. */
  readonly imports: readonly Target[];
  /** Folders of which only types may be imported: nothing of them is loaded. */
  readonly typesOnly?: readonly Target[];
  /** Packages, and modules of Node that are kept to few folders (`restrictedModules`). Everything else is refused. */
  readonly packages: readonly string[];
}

/** Modules of Node that only folders which name them may import; all others are free. */
export const restrictedModules: readonly string[] = ['node:sqlite'];

const contract = 'api/contract.ts';

/** Who may import whom. The linter's rules are generated from this table by `npm run imports`. */
export const allowedImports: Readonly<Record<string, FolderRule>> = {
  model: { imports: [], packages: [] },
  system: { imports: ['model'], packages: [] },
  api: { imports: ['model'], packages: ['got', 'p-queue', 'valibot'] },
  operations: { imports: ['model', contract], packages: ['valibot'] },
  store: { imports: ['model', 'system', contract], packages: ['node:sqlite'] },
  journal: { imports: ['model', 'system', contract], packages: ['node:sqlite', 'valibot'] },
  query: { imports: ['model', 'store'], packages: ['node:sqlite'] },
  sync: { imports: ['model', 'api', 'store'], packages: ['node:sqlite'] },
  writes: { imports: ['model', 'system', 'operations', 'journal', 'query', contract], packages: ['valibot'] },
  today: { imports: ['model', 'operations', 'journal', 'query', contract], packages: ['string-width'] },
  state: {
    imports: ['model', 'operations', 'writes', 'today', 'query', 'journal', contract],
    packages: ['zustand'],
  },
  commands: {
    imports: ['model', 'system', 'operations', 'writes', 'today', 'query', 'sync', 'journal', 'state', contract],
    typesOnly: ['config', 'secrets'],
    packages: [],
  },
  screens: {
    imports: ['model', 'state', 'today', 'commands'],
    packages: ['ink', 'react', 'string-width', '@alcalzone/ansi-tokenize', 'zustand'],
  },
  cli: { imports: ['model', 'commands'], packages: ['string-width', 'cli-truncate'] },
  config: { imports: ['model', 'system'], packages: ['valibot'] },
  secrets: { imports: ['model', 'system'], packages: ['@napi-rs/keyring', 'valibot'] },
  sandbox: { imports: ['model'], packages: ['hono', '@hono/node-server'] },
  app: { imports: ['**'], packages: ['**'] },
};
