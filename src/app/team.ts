import { parseStoreUrl } from '../postgres/store-url.ts';
import { teamAccount } from '../secrets/accounts.ts';
import type { EnvironmentSecrets } from '../secrets/from-environment.ts';
import type { Keychain } from '../secrets/keychain.ts';
import type { TeamCommands } from '../team/contract.ts';

interface TeamDeps {
  readonly keychain: Keychain;
  readonly environment: EnvironmentSecrets;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The team's store, loaded when it is asked for: a start without a team loads no PostgreSQL client. */
export function teamOf({ keychain, environment, env }: TeamDeps): TeamCommands {
  const open = async (text: string, given: string | null) => {
    const { refuseVariables } = await import('../postgres/environment.ts');
    refuseVariables(env);
    const url = parseStoreUrl(text);
    const { openDatabase } = await import('../postgres/database.ts');
    const { storePassword } = await import('../team/store-password.ts');
    return openDatabase({
      url,
      password: async () => given ?? storePassword(url, { keychain, account: teamAccount, environment, env }),
    });
  };
  return {
    initScript: async (text) => (await import('../team/schema/script.ts')).printedScript(parseStoreUrl(text).database),
    init: async (text, { password, force }) => {
      const database = await open(text, password);
      try {
        const { initStore } = await import('../team/init-store.ts');
        return await initStore(database, { force });
      } finally {
        await database.close();
      }
    },
  };
}
