import { expect, test } from 'vitest';
import type { Input } from '../../src/commands/command.ts';
import type { Context } from '../../src/commands/context.ts';
import { confirmLeaving } from '../../src/commands/leaving-account.ts';
import { openWriteFixture } from '../fault-server/write-fixture.ts';

const staging = 'cloudmore https://staging.example.com';

/** A write through `nordic` with a lost answer, and the dialog with a person at a terminal. */
async function leaving(answer: string, others: readonly string[] = []) {
  const { shop, send, writes, journal, vendor } = await openWriteFixture();
  shop.add('s1');
  shop.act = () => 'apply-then-reset';
  await send({ verb: 'set-quantity', ref: 'nordic/s1', quantity: 20 });
  const list = ['nordic', ...others].map((name) => ({ name, account: vendor.account, view: '' }));
  const context = { connections: { list }, journal, writes } as unknown as Context;
  const said: string[] = [];
  const ask = async (question: string): Promise<string> => {
    said.push(question);
    return answer;
  };
  const input = { args: {}, rest: [], flags: {}, ask, say: (text: string) => void said.push(text) } as unknown as Input;
  const leave = (name: string, to: string | null) => confirmLeaving(context, input, name, to);
  return { leave, said, account: vendor.account };
}

test('on a terminal it shows the open writes and asks', async () => {
  const { leave, said, account } = await leaving('y');
  await leave('nordic', staging);
  expect(said[0]).toContain(`1 write is open on ${account}; nordic would go to ${staging}`);
  expect(said.slice(1)).toEqual([expect.stringContaining('unknown'), 'Continue anyway? [y/N] ']);
  const no = await leaving('');
  await expect(no.leave('nordic', null)).rejects.toMatchObject({
    fault: { kind: 'usage', message: 'Not confirmed.', next: 'Nothing was changed.' },
  });
  expect(no.said[0]).toContain('nordic would be removed');
});

test('names the connection that could follow; an unused connection needs no question', async () => {
  const { leave, said } = await leaving('y', ['production']);
  await leave('production', staging);
  expect(said).toEqual([]);
  await leave('nordic', staging);
  expect(said[0]).toContain('only production can follow them');
});

test('asks nothing if the account stays or has no open writes', async () => {
  const { leave, said, account } = await leaving('y');
  await leave('nordic', account);
  await leave('new', staging);
  expect(said).toEqual([]);
});
