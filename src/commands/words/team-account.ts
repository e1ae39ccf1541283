import { fault } from '../../model/fault.ts';
import type { Command, Input } from '../command.ts';
import type { Context } from '../context.ts';
import { argument, isOn } from '../given-values.ts';
import { object, texts } from '../output-shape.ts';
import type { Reply } from '../reply.ts';
import { wellEnded } from '../reply-ending.ts';

export const teamAccount: Command = {
  id: 'team account',
  summary: 'say whether two accounts that show the same subscription are one',
  words: {
    effect: 'local',
    output: object({ ...texts('account', 'other'), same: 'switch' }),
    kind: 'object',
    needsNetwork: true,
    args: [
      { name: 'ACCOUNT', help: 'an account, as a refused write names it' },
      { name: 'OTHER', help: 'the other one' },
    ],
    flags: [
      { name: 'same', help: 'they are one: an open write on one blocks the subscription on both' },
      { name: 'different', help: 'they only look alike: each takes writes by itself' },
    ],
    examples: ["team account 'acme https://api.acme.example' 'acme https://gateway.example' --same"],
    run: account,
  },
};

/** Which of the two is set decides; both or none is no answer. */
async function account({ team }: Pick<Context, 'team'>, input: Input): Promise<Reply> {
  const [one, other] = [argument(input, 'ACCOUNT'), argument(input, 'OTHER')];
  const [same, different] = [isOn(input, 'same'), isOn(input, 'different')];
  if (same === different) {
    throw fault('usage', 'Say whether they are one account.', 'Give one of --same and --different.');
  }
  await team.compareAccounts(one, other, same);
  return {
    kind: 'object',
    json: { account: one, other, same },
    sections: [{ title: null, fields: [{ label: same ? 'One account' : 'Two accounts', value: `${one}; ${other}` }] }],
    ...wellEnded,
  };
}
