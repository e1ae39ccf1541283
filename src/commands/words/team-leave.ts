import type { Command } from '../command.ts';
import type { Context } from '../context.ts';
import { object } from '../output-shape.ts';
import type { Reply } from '../reply.ts';
import { wellEnded } from '../reply-ending.ts';
import { outsideConsole } from './team-store.ts';

export const teamLeave: Command = {
  id: 'team leave',
  summary: "go back to this machine's own journal; refused while writes of yours are open",
  words: {
    effect: 'local',
    output: object({ left: 'switch', url: 'text' }),
    kind: 'object',
    needsNetwork: true,
    notInConsole: outsideConsole,
    args: [],
    flags: [],
    run: leave,
  },
};

async function leave({ team }: Pick<Context, 'team'>): Promise<Reply> {
  const { current } = team;
  await team.leave();
  return {
    kind: 'object',
    json: { left: true, url: current?.url ?? null },
    sections: [{ title: null, fields: [{ label: 'Left', value: current?.url ?? null }] }],
    ...wellEnded,
  };
}
