import type { StoreInit } from '../../team/init-store.ts';
import type { ArgumentSpec, Command, Input } from '../command.ts';
import type { Context } from '../context.ts';
import { argument, isOn } from '../given-values.ts';
import type { Reply } from '../reply.ts';
import { wellEnded } from '../reply-ending.ts';
import { givenPassword, passwordFlag } from '../team-password.ts';

const urlArgument: ArgumentSpec = { name: 'URL', help: 'postgres://user@host:port/database?sslmode=…' };

export const teamCommands: readonly Command[] = [
  {
    id: 'team init',
    summary: "create or upgrade a team's store in a PostgreSQL database",
    words: {
      effect: 'local',
      kind: 'object',
      takesSecrets: true,
      needsNetwork: true,
      args: [urlArgument],
      flags: [
        { name: 'print', help: 'print the SQL and make no connection' },
        {
          name: 'force',
          help: 'upgrade though members are connected with an older Subdeck; they are named and cut off',
        },
        passwordFlag,
      ],
      examples: [
        'team init postgres://postgres@localhost/subdeck',
        'team init postgres://admin@db.example/subdeck --print',
      ],
      run: init,
    },
  },
];

async function init({ team }: Pick<Context, 'team'>, input: Input): Promise<Reply> {
  const url = argument(input, 'URL');
  if (isOn(input, 'print')) {
    const sql = await team.initScript(url);
    return { kind: 'text', text: sql, json: { sql }, ...wellEnded };
  }
  const done = await team.init(url, { password: await givenPassword(input), force: isOn(input, 'force') });
  return { kind: 'object', json: done, sections: initSections(done), ...wellEnded };
}

function initSections({ what, schema, made, byHand, cutOff }: StoreInit) {
  const words = { created: 'created', upgraded: 'upgraded', unchanged: 'nothing to change' };
  const lines = (title: string, statements: readonly string[]) =>
    statements.length === 0 ? [] : [{ title, fields: statements.map((value) => ({ label: '', value })) }];
  return [
    {
      title: null,
      fields: [
        { label: 'Store', value: words[what] },
        { label: 'Schema', value: `subdeck, version ${schema}` },
      ],
    },
    ...lines('Cut off', cutOff),
    ...lines('Made', made),
    ...lines('To run by hand', byHand),
  ];
}
