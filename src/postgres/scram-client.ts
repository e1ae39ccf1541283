import pg from 'pg';
import { fault } from '../model/fault.ts';
import type { StoreUrl } from './store-url.ts';

/**
 * The client classes of one store. A client gives the password to SCRAM alone, which proves that the server knows it too, never in
 * clear text or as MD5 to whoever listens on the port. Over TLS the proof is bound to the server's certificate: an address whose
 * certificate is not verified in full demands that.
 */
export function scramClientFor(url: StoreUrl): typeof pg.Client {
  const mustBind = url.sslmode === 'require' || url.sslmode === 'verify-ca';
  return class ScramClient extends pg.Client {
    #refusal: Error | null = null;
    #isProven = false;

    constructor(config?: pg.ClientConfig) {
      const { password } = config ?? {};
      super({
        ...config,
        password: async () => {
          if (this.#refusal !== null) throw this.#refusal;
          return typeof password === 'function' ? password() : (password ?? '');
        },
      });
      // Whoever waits for an answer is told of a lost connection; an event that nobody listens to would end the program.
      this.on('error', () => undefined);
      // Before the listeners that Client adds when it connects: they ask for the password.
      for (const method of ['authenticationCleartextPassword', 'authenticationMD5Password']) {
        this.connection.on(method, () => {
          this.#refusal = notScram(url);
        });
      }
      this.connection.on('authenticationSASL', ({ mechanisms }: { readonly mechanisms: readonly string[] }) => {
        if (mustBind && !mechanisms.includes('SCRAM-SHA-256-PLUS')) this.#refusal = notBound(url);
      });
      this.connection.on('authenticationSASLFinal', () => {
        this.#isProven = true;
      });
    }

    /** The server has proved that it knows the password. */
    get isProven(): boolean {
      return this.#isProven;
    }
  };
}

/** Without a password: on a socket in a directory that only the server's user can write to, the system tells who is there. */
export function demandProof(client: { readonly isProven: boolean }, url: StoreUrl): void {
  if (!client.isProven && !url.isSocket) throw notScram(url);
}

function notScram({ shown, user }: StoreUrl): Error {
  const next = `Let pg_hba.conf say scram-sha-256, and set the password of ${user} again. If the server is down, another program may listen there.`;
  return fault(
    'unreachable',
    `The server at ${shown} does not use SCRAM, so it cannot prove that it is the team's store.`,
    next,
  );
}

function notBound({ shown, sslmode }: StoreUrl): Error {
  const message = `The server at ${shown} does not bind the sign-in to its certificate, which sslmode=${sslmode} does not verify in full.`;
  return fault('unreachable', message, 'Use sslmode=verify-full.');
}
