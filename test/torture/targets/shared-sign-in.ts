import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { json, serve } from '../../api/fixtures/server.ts';
import { startSecretService } from '../../secrets/secret-service.ts';
import type { Target } from '../target.ts';

const processes = 8;
const buyer = join(import.meta.dirname, '../../secrets/token-buyer.ts');

export const sharedSignIn: Target = {
  name: 'shared sign-in',
  promise: 'Eight processes that share a keychain and a revoked token sign in at most twice in total.',
  full: 50,
  needs: 'gnome-keyring',
  mutants: [
    {
      name: 'tokens are read before the lock only',
      tries: 1,
      patches: [
        {
          file: 'src/secrets/token-share.ts',
          find: 'const meanwhile = await left();',
          replace: 'const meanwhile = await Promise.resolve<SharedToken | null>(null);',
        },
      ],
    },
    {
      name: 'no lock',
      tries: 1,
      patches: [{ file: 'src/secrets/token-share.ts', find: '(await lock()) ?? ', replace: '' }],
    },
  ],
  async run({ n, directory }) {
    const faults: string[] = [];
    const service = await startSecretService('unlocked');
    let calls = 0;
    let valid = '';
    // One session at a time: a sign-in revokes the previous token, as some vendors do.
    const server = await serve(({ url, headers }, response) => {
      if (url !== '/token') return json(response, headers.authorization === `Bearer ${valid}` ? 200 : 401, valid);
      calls += 1;
      valid = `token-number-${calls}`;
      json(response, 200, { access_token: valid, expires_in: 3600 });
    });
    const most: number[] = [];
    try {
      for (let round = 0; round < n; round += 1) {
        valid = 'revoked';
        const before = calls;
        const lock = join(directory, 'nordic.lock');
        const all = Array.from({ length: processes }, () => {
          const child = spawn(process.execPath, [buyer, server.origin, lock], {
            env: service.env,
            stdio: ['pipe', 'pipe', 'inherit'],
          });
          return { child, ended: once(child, 'exit'), ready: once(child.stdout, 'data') };
        });
        await Promise.all(all.map(({ ready }) => ready));
        for (const { child } of all) child.stdin.end('go\n');
        for (const { ended } of all) {
          const [code] = await ended;
          if (code !== 0) faults.push(`A process ended with ${code}.`);
        }
        most.push(calls - before);
        if (calls - before > 2) faults.push(`${calls - before} sign-ins of ${processes} processes`);
      }
    } finally {
      await server.stop();
      await service.stop();
    }
    return { n, faults, facts: [`at most ${Math.max(...most)} sign-ins a round`] };
  },
};
