import type { StoreInit } from './init-store.ts';

/** What the commands do with a team's store. Nothing is connected before it is asked for. */
export interface TeamCommands {
  /** The SQL that `init` runs in a database without a store. Makes no connection. */
  initScript(url: string): Promise<string>;
  /** Creates or upgrades the schema. `password`: null where none was given now. */
  init(url: string, options: { readonly password: string | null; readonly force: boolean }): Promise<StoreInit>;
}
