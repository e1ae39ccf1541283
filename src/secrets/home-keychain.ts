import { createHash } from 'node:crypto';
import type { Keychain } from './keychain.ts';

/**
 * The keychain as one home uses it, for the entries of its connections. A home that `SUBDECK_HOME` names has accounts of its own,
 * `NAME@<digest of its path>`, so that it neither replaces nor removes what another home keeps for a connection of the same name.
 * What stands under the plain name, as Subdeck 0.1.0 kept it, is still read; it is left alone, since it may be another home's.
 */
export function homeKeychain(keychain: Keychain, home: string | null): Keychain {
  if (home === null) return keychain;
  const suffix = `@${createHash('sha256').update(home).digest('hex').slice(0, 16)}`;
  // `NAME/token` stands beside `NAME`; `/team` is this home's too.
  const own = (account: string) => account.replace(/^\/?[^/]+/, (name) => `${name}${suffix}`);
  const isSecret = (account: string) => !account.includes('/');
  return async (question) => {
    if (question.do === 'which') {
      const { accounts } = question;
      const answer = await keychain({ do: 'which', accounts: [...accounts.map(own), ...accounts] });
      if (answer.state !== 'which') return answer;
      const there = new Set(answer.accounts);
      return { state: 'which', accounts: accounts.filter((name) => there.has(own(name)) || there.has(name)) };
    }
    const { account } = question;
    const answer = await keychain({ ...question, account: own(account) });
    const isElsewhere = question.do === 'get' && answer.state === 'missing' && isSecret(account);
    return isElsewhere ? keychain(question) : answer;
  };
}
