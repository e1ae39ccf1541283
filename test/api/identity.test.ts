import * as v from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import { plainlyDone } from '../../src/api/http/write-client.ts';
import { type ExpectedIds, listOf, oneObject, otherIdentity } from '../../src/api/identity.ts';
import { parseVendorJson } from '../../src/api/json.ts';
import { unlimitedPermit } from '../../src/model/send-permit.ts';
import { type FaultServer, json, serve } from './fixtures/server.ts';
import { connect, faultOf } from './fixtures/setup.ts';

const guid = 'a1b2c3d4-0000-4000-8000-00000000000f';
const nobody = '00000000-0000-0000-0000-000000000000';

test.each<[string, ExpectedIds, string]>([
  ['the requested id', oneObject({ id: 'a' }), '{"id":"a"}'],
  ['a capitalised field name', oneObject({ id: 'a' }), '{"Id":"a"}'],
  ['a number with the same digits', oneObject({ id: '7' }), '{"id":7}'],
  ['an integer beyond 2^53', oneObject({ id: '9007199254740993' }), '{"id":9007199254740993}'],
  ['a GUID in another case', oneObject({ id: guid }), `{"id":"${guid.toUpperCase()}"}`],
  ['an object around an id', oneObject({ id: 'a', accountId: '3' }), '{"id":"a","account":{"id":3,"name":"x"}}'],
  ['the second of two field names', oneObject({ 'requestId|id': 'r' }), '{"id":"r"}'],
  [
    'the first of two field names, whatever the second contains',
    oneObject({ 'requestId|id': 'r' }),
    '{"id":"x","requestId":"r"}',
  ],
  ['either of two ids', oneObject({}, { id: ['a', 'b'] }), '{"id":"b"}'],
  ['no id of its parent', oneObject({ id: 'a' }, { organizationId: 'o' }), '{"id":"a"}'],
  ['null as the id of its parent', oneObject({}, { subscriptionId: 'a' }), '{"subscriptionId":null}'],
  ['the nil GUID', oneObject({}, { subscriptionId: 'a' }), `{"subscriptionId":"${nobody}"}`],
  ['any id of an unknown parent', oneObject({ id: 'a' }, { serviceId: undefined }), '{"id":"a","serviceId":"x"}'],
  ['an empty answer to a write', oneObject({}, { id: 'a' }), 'null'],
  ['a list', listOf({ subscriptionId: 'a' }), '[{"subscriptionId":"a"},{"n":1},7,null]'],
  ['a list in an object', listOf({ customerId: 'c' }), '{"items":[{"id":"x","customerId":"c"}]}'],
  [
    'parts of an object',
    oneObject({ id: 'a' }, {}, { items: { orderId: 'a' } }),
    '{"id":"a","items":[{"id":1,"orderId":"a"}]}',
  ],
])('accepts %s as an answer to what was asked', (_, asked, body) => {
  expect(otherIdentity(parseVendorJson(body), asked)).toBeNull();
});

test.each<[string, ExpectedIds, string, string, string | null]>([
  ['another id', oneObject({ id: 'a' }), '{"id":"b"}', 'id', 'b'],
  ['no id', oneObject({ id: 'a' }), '{"name":"a"}', 'id', null],
  ['an empty id', oneObject({ id: 'a' }), '{"id":""}', 'id', null],
  ['an id of zeros', oneObject({ id: guid }), `{"id":"${nobody}"}`, 'id', null],
  ['no answer at all', oneObject({ id: 'a' }), 'null', 'id', null],
  ['a list for one object', oneObject({ id: 'a' }), '[{"id":"a"}]', 'id', null],
  ['the id in another case, if it is not a GUID', oneObject({ id: 'a' }), '{"id":"A"}', 'id', 'A'],
  ['a trailing blank', oneObject({ id: 'a' }), '{"id":"a "}', 'id', 'a '],
  [
    'the next integer beyond 2^53',
    oneObject({ id: '9007199254740993' }),
    '{"id":9007199254740992}',
    'id',
    '9007199254740992',
  ],
  ['an object for an id', oneObject({ id: 'a' }), '{"id":{"a":1}}', 'id', '(object)'],
  ['two ids, one of them right', oneObject({ id: 'a' }), '{"id":"a","ID":"b"}', 'id', 'b'],
  [
    'another organization',
    oneObject({ id: 'a' }, { accountId: '3' }),
    '{"id":"a","account":{"id":4}}',
    'accountId',
    '4',
  ],
  ['no required organization', oneObject({ id: 'a', domainId: '3' }), '{"id":"a"}', 'domainId', null],
  [
    'an item of another list',
    listOf({ subscriptionId: 'a' }),
    '[{"subscriptionId":"a"},{"subscriptionId":"b"}]',
    'subscriptionId',
    'b',
  ],
  [
    'a list whose envelope names another',
    listOf({ subscriptionId: 'a' }),
    '{"subscriptionId":"b","items":[]}',
    'subscriptionId',
    'b',
  ],
  [
    'a part of another',
    oneObject({ id: 'a' }, {}, { items: { orderId: 'a' } }),
    '{"id":"a","items":[{"orderId":"b"}]}',
    'orderId',
    'b',
  ],
])('detects %s as an answer about something else', (_, asked, body, field, found) => {
  expect(otherIdentity(parseVendorJson(body), asked)).toEqual({ field, found });
});

describe('the two clients', () => {
  const servers: FaultServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
  });
  const answering = async (body: unknown): Promise<FaultServer> => {
    const server = await serve((_, response) => json(response, 200, body));
    servers.push(server);
    return server;
  };
  const asked = oneObject({ id: 'sub-1' });
  const anything = v.unknown();

  test.each<[string, unknown, string]>([
    ['another id', { id: 'sub-2' }, 'its id is sub-2'],
    ['no id', { name: 'x' }, 'it has no id'],
    ['an id that steers the terminal', { id: '\u001b]52;c;eA==\u0007' }, 'its id is ␛]52;c;eA==␇'],
  ])('a read answered with %s is unreachable and closes its connection', async (_, body, words) => {
    const server = await answering(body);
    const { read } = connect(server.origin);
    for (const get of [read.get, read.find, read.answer]) {
      const fault = await faultOf(get({ path: '/x', asked }, anything));
      expect(fault).toMatchObject({
        kind: 'unreachable',
        sent: false,
        connection: 'nordic',
        vendor: { status: 200 },
      });
      expect(fault.message).toContain(words);
    }
    expect(server.seen).toHaveLength(3);
    expect(server.sockets()).toBe(3);
  });

  test('a connection with matching answers is reused', async () => {
    const server = await answering({ id: 'sub-1' });
    const { read } = connect(server.origin);
    for (let reads = 0; reads < 3; reads++) await read.get({ path: '/x', asked }, anything);
    expect(server.sockets()).toBe(1);
  });

  test('a streamed row of another list ends the list with a fault', async () => {
    const { origin } = await answering([
      { serviceId: 's', id: 1 },
      { serviceId: 'other', id: 2 },
    ]);
    const ids: unknown[] = [];
    const read = async () => {
      const call = { path: '/rows', asked: listOf({ serviceId: 's' }) };
      for await (const row of connect(origin).read.rows(call)) ids.push(row);
    };
    expect((await faultOf(read())).kind).toBe('unreachable');
    expect(ids).toHaveLength(1);
  });

  test.each<[string, unknown, 'unknown' | 'done']>([
    ['another id', { id: 'sub-2', quantity: 5 }, 'unknown'],
    ['another id in capitals', { Id: 'sub-2' }, 'unknown'],
    ['a list about another', [{ id: 'sub-2' }], 'unknown'],
    ['the id', { id: 'sub-1' }, 'done'],
    ['no id', { ok: true }, 'done'],
    ['nothing', null, 'done'],
  ])('checks the ids of a write answered with %s', async (_, body, outcome) => {
    const server = await answering(body);
    const call = { method: 'PUT', path: '/x', asked: oneObject({}, { id: 'sub-1' }), json: {} } as const;
    const answer = await connect(server.origin).write.send(call, plainlyDone, unlimitedPermit);
    expect(answer.outcome).toBe(outcome);
    if (answer.outcome === 'unknown')
      expect(answer.fault).toMatchObject({ kind: 'unknown', sent: true, message: expect.stringContaining('sub-2') });
    expect(server.seen).toHaveLength(1);
  });
});
