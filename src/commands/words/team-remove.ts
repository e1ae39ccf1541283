import type { Command, Input } from '../command.ts';
import type { Context } from '../context.ts';
import { argument } from '../given-values.ts';
import { object } from '../output-shape.ts';
import type { Reply } from '../reply.ts';
import { wellEnded } from '../reply-ending.ts';

export const teamRemove: Command = {
  id: 'team remove',
  summary: 'remove a member that is gone for good; its entries stay, its name is free',
  words: {
    effect: 'local',
    output: object({ as: 'text', removed: 'switch' }),
    kind: 'object',
    needsNetwork: true,
    args: [{ name: 'NAME', help: "the member's name" }],
    flags: [],
    run: remove,
  },
};

async function remove({ team }: Pick<Context, 'team'>, input: Input): Promise<Reply> {
  const name = argument(input, 'NAME');
  await team.remove(name);
  return {
    kind: 'object',
    json: { as: name, removed: true },
    sections: [{ title: null, fields: [{ label: 'Removed', value: name }] }],
    ...wellEnded,
  };
}
