import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { Instant } from '../model/instant.ts';
import type { Secrets } from '../model/settings.ts';
import { isEnough, type SharedToken, type TokenShare } from '../model/token-share.ts';
import { tokenAccount } from './accounts.ts';
import type { Keychain } from './keychain.ts';

interface TokenShareDeps {
  readonly keychain: Keychain;
  readonly connection: string;
  /** What the token is valid for besides its secrets: addresses, user, scope. */
  readonly settings: Readonly<Record<string, string>>;
  readonly now: () => Instant;
  /** Waits until no other process signs this connection in; null on timeout. The result releases the lock. */
  readonly lock: () => Promise<(() => void) | null>;
}

const instant = v.object({ wall: v.number(), boot: v.object({ id: v.string(), ms: v.number() }) });
const shape = v.object({ token: v.string(), since: instant, lifetimeMs: v.number(), boughtWith: v.string() });

/**
 * Tokens shared through the keychain, the only place where secrets are stored. Sharing only saves sign-ins: if it
 * fails, the process signs in by itself.
 */
export function tokenShare({ keychain, connection, settings, now, lock }: TokenShareDeps): TokenShare {
  const account = tokenAccount(connection);
  return async ({ secrets, refused, use, signIn }) => {
    const boughtWith = digestOf(settings, secrets);
    const left = async (): Promise<SharedToken | null> => {
      const answer = await keychain({ do: 'get', account });
      const found = answer.state === 'found' ? read(answer.secret) : null;
      if (found === null || found.boughtWith !== boughtWith || found.token === refused) return null;
      const { boughtWith: _, ...token } = found;
      return isEnough(token, now(), use) ? token : null;
    };
    const found = await left();
    if (found !== null) return found;
    const release = (await lock()) ?? (() => undefined);
    try {
      const meanwhile = await left();
      if (meanwhile !== null) {
        release();
        return meanwhile;
      }
      const token = await signIn();
      // The caller need not wait until the token is shared; other processes wait for that.
      void keychain({ do: 'set', account, secret: JSON.stringify({ ...token, boughtWith }) }).finally(release);
      return token;
    } catch (error) {
      release();
      throw error;
    }
  };
}

function read(text: string): v.InferOutput<typeof shape> | null {
  try {
    return v.parse(shape, JSON.parse(text));
  } catch {
    return null;
  }
}

function digestOf(...parts: readonly (Readonly<Record<string, string>> | Secrets)[]): string {
  const sorted = parts.map((part) => Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64');
}
