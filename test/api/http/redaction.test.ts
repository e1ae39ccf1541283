import * as v from 'valibot';
import { afterEach, expect, test } from 'vitest';
import { plainlyDone } from '../../../src/api/http/write-client.ts';
import { unlimitedPermit } from '../../../src/model/send-permit.ts';
import { type FaultServer, json, type Script, serve } from '../fixtures/server.ts';
import { connect, noIds, testSetup } from '../fixtures/setup.ts';

const servers: FaultServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

const token = 'a-bearer-token-that-nobody-guesses';

async function connected(script: Script) {
  const server = await serve(script);
  servers.push(server);
  const secrets = async () => ({ clientSecret: 'secret', password: '20261129' });
  const signIn = async () => ({ token, lifetimeMs: 3_600_000 });
  return { server, ...connect(server.origin, testSetup({ secrets }), { signIn }) };
}

const row = { id: 9_120_261_129, name: 'Top secret backup', note: '20261129' };

test('[fault 111] a secret that is an ordinary word or number changes no row', async () => {
  const { read } = await connected((_, response) => json(response, 200, row));
  expect(await read.get({ path: '/x', asked: noIds }, v.any())).toEqual(row);
  const { read: list } = await connected((_, response) => json(response, 200, [row, row]));
  const rows: unknown[] = [];
  for await (const one of list.rows({ path: '/x', asked: noIds })) rows.push(one);
  expect(rows).toEqual([row, row]);
});

test('[fault 111] writes back the name exactly as read', async () => {
  const { server, read, write } = await connected((request, response) =>
    json(response, 200, request.method === 'GET' ? row : { id: row.id }),
  );
  const { name } = await read.get({ path: '/x', asked: noIds }, v.object({ name: v.string() }));
  const sent = await write.send(
    { method: 'PUT', path: '/x', asked: noIds, json: { name, quantity: 5 } },
    plainlyDone,
    unlimitedPermit,
  );
  expect(sent).toMatchObject({ outcome: 'done' });
  expect(JSON.parse(server.seen.at(-1)?.body ?? '')).toEqual({ name: 'Top secret backup', quantity: 5 });
});

test('[fault 10, 111] a token echoed in a success answer is neither shown nor sent back', async () => {
  const { server, read, write } = await connected((_, response) =>
    json(response, 200, { name: `x ${token}`, [token]: [Buffer.from(token).toString('hex')] }),
  );
  const answer = await read.get({ path: '/x', asked: noIds }, v.any());
  expect(answer).toEqual({ name: 'x •••', '•••': ['•••'] });
  const sent = await write.send(
    { method: 'PUT', path: '/x', asked: noIds, json: answer },
    plainlyDone,
    unlimitedPermit,
  );
  expect(sent).toMatchObject({ outcome: 'unsent', fault: { kind: 'refused', sent: false } });
  expect(server.seen).toHaveLength(1);
});

test('[fault 111] still reads a refusal that contains such a number', async () => {
  const { write } = await connected((_, response) =>
    json(response, 400, { code: 20261129, message: 'No secret here' }),
  );
  expect(
    await write.send({ method: 'PUT', path: '/x', asked: noIds, json: {} }, plainlyDone, unlimitedPermit),
  ).toMatchObject({
    outcome: 'refused',
    fault: { vendor: { message: expect.stringContaining('No •••') } },
  });
});
