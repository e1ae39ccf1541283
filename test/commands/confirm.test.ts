import { describe, expect, test } from 'vitest';
import type { Input } from '../../src/commands/command.ts';
import { confirmed } from '../../src/commands/confirm.ts';
import { usualGuard } from '../../src/model/guard.ts';
import type { Plan } from '../../src/writes/contract.ts';

const plan = (irreversible: boolean): Plan => ({
  writeRequest: { verb: 'suspend', ref: 'nordic/sub-1' },
  verb: 'suspend',
  ref: 'nordic/sub-1',
  target: null,
  connection: 'nordic',
  account: 'cloudmore https://api.cloudmore.com',
  organization: null,
  sentence: 'Suspend Backup 100.',
  rule: '',
  irreversible,
  before: {},
  after: {},
  money: null,
  changedSince: [],
  unsaid: [],
  remembered: [],
  confirmations: ['sub-1', 'Backup 100'],
  draft: {
    sentence: 'Suspend Backup 100.',
    irreversible,
    rule: '',
    before: {},
    after: {},
    newQuantity: null,
    steps: [{ name: 'suspend', method: 'POST', path: '/x', send: () => Promise.reject(new Error('must not be sent')) }],
  },
});

/** `typed` null: there is no terminal. */
function input(flags: Input['flags'], typed: string | null): Input & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    args: {},
    rest: [],
    flags,
    stdin: () => Promise.resolve(''),
    signal: new AbortController().signal,
    say: () => undefined,
    asked,
    ask:
      typed === null
        ? null
        : async (question) => {
            asked.push(question);
            return typed;
          },
  };
}

describe('a reversible write', () => {
  test.each<[Input['flags'], string | null, boolean]>([
    [{ yes: true }, null, true],
    [{}, null, false],
    [{}, 'y', true],
    [{}, ' YES ', true],
    [{}, '', false],
    [{}, 'n', false],
    [{}, 'sub-1', false],
  ])('%j, typed %j: sent %j', async (flags, typed, sent) => {
    expect((await confirmed(plan(false), usualGuard, input(flags, typed))) === 'yes').toBe(sent);
  });
});

describe('an irreversible write', () => {
  test.each<[Input['flags'], string | null, boolean]>([
    [{ yes: true }, null, false],
    [{ confirm: 'sub-1' }, null, false],
    [{ yes: true, confirm: 'sub-1' }, null, true],
    [{ yes: true, confirm: 'Backup 100' }, null, false],
    [{ yes: true, confirm: 'sub-10' }, null, false],
    [{ yes: true, confirm: '' }, null, false],
    [{ yes: true }, 'sub-1', true],
    [{}, 'sub-1', true],
    [{}, 'Backup 100', true],
    [{}, 'backup 100', false],
    [{}, ' sub-1', false],
    [{}, 'y', false],
    [{}, '', false],
    [{ yes: true, confirm: 'wrong' }, 'sub-1', false],
  ])('%j, typed %j: sent %j', async (flags, typed, sent) => {
    expect((await confirmed(plan(true), usualGuard, input(flags, typed))) === 'yes').toBe(sent);
  });

  test('--yes alone still asks for the id', async () => {
    const asking = input({ yes: true }, 'sub-1');
    await confirmed(plan(true), usualGuard, asking);
    expect(asking.asked).toEqual(['Type sub-1 or Backup 100 to send it: ']);
  });
});
