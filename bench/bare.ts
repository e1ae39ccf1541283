/**
 * A minimal reader of a sandbox's interworks cache: signs in, fetches and parses page after page, stores nothing. Takes
 * the connection as JSON on stdin and prints two times in milliseconds: from its start to the first page, and of the loop.
 */
import { text } from 'node:stream/consumers';
import type { SandboxConnection } from '../src/sandbox/start.ts';

/** The page size of the console. */
const pageSize = 200;

const { settings, secrets }: SandboxConnection = JSON.parse(await text(process.stdin));
const begun = performance.now();
const token = await fetch(settings.tokenUrl ?? `${settings.baseUrl}/oauth/token`, {
  method: 'POST',
  headers: { authorization: `Basic ${btoa(`${settings.clientKey}:${secrets.clientSecret}`)}` },
  body: new URLSearchParams({
    grant_type: 'password',
    username: settings.username ?? '',
    password: secrets.password ?? '',
  }),
});
const { access_token } = (await token.json()) as { access_token: string };
const headers = { authorization: `Bearer ${access_token}`, 'x-api-version': '3.0' };
const signedIn = performance.now();
let firstPage = 0;
let rows = 0;
for (const list of ['accounts', 'subscriptions']) {
  rows = 0;
  for (let page = 1; ; page++) {
    const answer = await fetch(`${settings.baseUrl}/api/${list}?page=${page}&size=${pageSize}`, { headers });
    const { data } = (await answer.json()) as { data: readonly unknown[] };
    firstPage ||= performance.now() - begun;
    rows += data.length;
    if (data.length < pageSize) break;
  }
}
process.stdout.write(JSON.stringify({ rows, loop: performance.now() - signedIn, firstPage }));
