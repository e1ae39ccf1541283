import { spawn } from 'node:child_process';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { given } from './running.ts';
import { opened } from './visitor.ts';

function status(url: string, headers: Readonly<Record<string, string>>, method = 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on('error', reject);
    asked.end(method === 'POST' ? '[]' : undefined);
  });
}

describe('the sandbox', () => {
  test('[fault 126] limits the size of a request body', async () => {
    const origin = given((await opened()).origins.interworks);
    const answer = await fetch(`${origin}/api/subscriptions`, { method: 'POST', body: 'x'.repeat(9 * 1024 ** 2) });
    expect(answer.status).toBe(413);
  });

  test('[fault 112] refuses web pages, by another host name or from another origin', async () => {
    const origin = given((await opened()).origins.interworks);
    const { port } = new URL(origin);
    for (const path of ['/_sandbox/requests', '/oauth/token']) {
      expect(await status(origin + path, { host: `evil.example:${port}` })).toBe(403);
      expect(await status(origin + path, { origin: 'https://evil.example' })).toBe(403);
      expect(await status(origin + path, { origin: 'null' })).toBe(403);
      expect(await status(origin + path, { origin: 'http://127.0.0.1:1' })).toBe(403);
      expect(await status(origin + path, { 'sec-fetch-site': 'cross-site' })).toBe(403);
    }
    expect(await status(`${origin}/_sandbox/faults`, { origin: 'https://evil.example' }, 'POST')).toBe(403);
    expect(await status(`${origin}/_sandbox/faults`, {}, 'POST')).toBe(204);
    expect(await status(`${origin}/_sandbox/requests`, { host: `localhost:${port}` })).toBe(200);
    expect(await status(`${origin}/_sandbox/requests`, { origin, 'sec-fetch-site': 'same-origin' })).toBe(200);
  });
});

test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  '[fault 112] the log and the faults of a sandbox are private to its user',
  async () => {
    const origin = given((await opened()).origins.interworks);
    const script = `fetch(process.argv[1]).then(({ status }) => console.log(status))`;
    const other = ['--reuid', '54321', '--regid', '54321', '--clear-groups'];
    const url = `${origin}/_sandbox/requests`;
    const child = spawn('setpriv', [...other, process.execPath, '-e', script, url], {
      cwd: '/',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    expect((await text(child.stdout)).trim()).toBe('403');
  },
);
