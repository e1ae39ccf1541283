import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runWords } from '../../src/app/modes/command-line.ts';
import { parse } from '../../src/cli/parse.ts';
import { launchModes } from '../../src/commands/launch-modes.ts';
import { commands } from '../../src/commands/table.ts';
import { json, serve } from '../api/fixtures/server.ts';

/** A partner of LINE WORKS whose limit is reached after the first customer, for three seconds. */
async function limitedPartner() {
  const server = await serve(({ url }, response) => {
    const { pathname } = new URL(url, 'http://x');
    const domainId = /customers\/(\d+)\/subscriptions$/.exec(pathname)?.[1];
    if (domainId === undefined) return json(response, 200, { customers: [{ domainId: 1 }, { domainId: 2 }] });
    const headers = { 'rateLimit-limit': '60', 'rateLimit-remaining': '0', 'rateLimit-reset': '3' };
    return json(response, 200, { subscriptions: [] }, domainId === '1' ? headers : {});
  });
  onTestFinished(server.stop);
  const home = mkdtempSync(join(tmpdir(), 'waiting-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const settings = { baseUrl: `${server.origin}/v1.0`, clientId: 'c', serviceAccount: 's', concurrency: '1' };
  const connections = { partner: { vendor: 'lineworks', settings } };
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ connections }), { mode: 0o600 });
  return async (...argv: readonly string[]) => {
    const parsed = parse(argv, commands, launchModes);
    if (parsed.kind === 'launch-mode') throw new Error('These words start a mode.');
    let [out, err] = ['', ''];
    const code = await runWords(parsed, {
      env: { SUBDECK_HOME: home },
      secrets: new Map([['SUBDECK_SECRETS_PARTNER', JSON.stringify({ accessToken: 'given' })]]),
      streams: {
        out: async (text) => {
          out += text;
        },
        page: async (text) => {
          out += text;
        },
        columns: null,
        err: (text) => {
          err += text;
        },
        progress: () => undefined,
        ask: null,
        stdin: async () => '',
      },
      interruptible: () => ({
        signal: new AbortController().signal,
        race: (work) => work,
        holding: (work) => work(),
      }),
    });
    return { code, out, err };
  };
}

test('a command that waits for a limit says so on stderr, and its summary tells it', async () => {
  const run = await limitedPartner();
  const { code, out, err } = await run('sync');
  expect(code).toBe(0);
  // A busy machine spends part of the time itself.
  expect(err).toMatch(/^partner: waiting [1-3] s for the vendor's limit of 60 calls a minute\.\n$/);
  expect(out).toMatch(/partner +0 +yes +3 +\d+ s +[1-3] s for the vendor's limit/);
});

test('with --json stdout holds the data alone, and stderr nothing', async () => {
  const run = await limitedPartner();
  const { code, out, err } = await run('sync', '--json');
  expect([code, err]).toEqual([0, '']);
  expect(JSON.parse(out)).toEqual([{ connection: 'partner', rows: 0, complete: true }]);
});
