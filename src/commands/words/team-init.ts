import { type Fault, fault } from '../../model/fault.ts';
import { printable } from '../../model/printable.ts';
import type { StoreInit } from '../../team/init-store.ts';
import type { ServerWait } from '../../team/journal-standing.ts';
import type { Command, Input } from '../command.ts';
import type { Context } from '../context.ts';
import { argument, isOn } from '../given-values.ts';
import { either, listOf, object, texts } from '../output-shape.ts';
import type { Reply, Section } from '../reply.ts';
import { ending, wellEnded } from '../reply-ending.ts';
import { passwordFlag, withPassword } from '../team-password.ts';
import { outsideConsole, urlArgument } from './team-store.ts';

export const teamInit: Command = {
  id: 'team init',
  summary: "create or upgrade a team's store in a PostgreSQL database",
  words: {
    effect: 'local',
    output: either(
      object({
        ...texts('what', 'server'),
        schema: 'number',
        made: listOf('text'),
        byHand: listOf('text'),
        cutOff: listOf('text'),
        waits: object({ seconds: 'number', members: listOf('text') }),
      }),
      object({ sql: 'text' }),
    ),
    kind: 'object',
    takesSecrets: true,
    needsNetwork: true,
    notInConsole: outsideConsole,
    args: [urlArgument],
    flags: [
      { name: 'print', help: 'print the SQL and make no connection' },
      {
        name: 'force',
        help: 'go on without members that are connected with an older Subdeck, or that did not hand in; they are named',
      },
      {
        name: 'accept-server',
        help: 'allow writes again after a failover or a restore, once members have handed in (docs/guides/team.md)',
      },
      passwordFlag,
    ],
    examples: [
      'team init postgres://postgres@localhost/subdeck',
      'team init postgres://admin@db.example/subdeck --print',
    ],
    run: init,
  },
};

async function init({ team }: Pick<Context, 'team'>, input: Input): Promise<Reply> {
  const url = argument(input, 'URL');
  if (isOn(input, 'print')) {
    const sql = await team.initScript(url);
    return { kind: 'text', isData: true, text: sql, json: { sql }, ...wellEnded };
  }
  const options = { force: isOn(input, 'force'), acceptServer: isOn(input, 'accept-server') };
  const done = await withPassword(team, input, url, (password) => team.init(url, { password, ...options }));
  const waits = options.acceptServer ? done.waits : null;
  return {
    kind: 'object',
    json: done,
    sections: initSections(done),
    ...ending(waits === null ? [] : [notYetAccepted(waits)], false),
  };
}

function notYetAccepted({ seconds, members }: ServerWait): Fault {
  const reasons = [
    ...(seconds > 0 ? [`for ${seconds} s more in any case`] : []),
    ...(members.length > 0 ? [`until these have opened Subdeck once: ${members.map(printable).join(', ')}`] : []),
  ];
  const message = `Writes stay shut on this server, ${reasons.join(', and ')}.`;
  const next = 'Run it again then. With --force it is not waited for: what those members had open may be sent twice.';
  return fault('refused', message, next).fault;
}

function initSections({ what, schema, server, made, byHand, cutOff }: StoreInit): readonly Section[] {
  const words = { created: 'created', upgraded: 'upgraded', unchanged: 'nothing to change' };
  const lines = (title: string, values: readonly string[]) =>
    values.length === 0 ? [] : [{ title, fields: values.map((value) => ({ label: '-', value })) }];
  return [
    {
      title: null,
      fields: [
        { label: 'Store', value: words[what] },
        { label: 'Schema', value: `subdeck, version ${schema}` },
        ...(server === 'same' ? [] : [{ label: 'Server', value: serverText[server] }]),
      ],
    },
    ...lines('Cut off', cutOff),
    ...lines('Made', made),
    ...lines('To run by hand', byHand),
    {
      title: 'For each member, then run this command again',
      fields: [{ label: '-', value: 'createuser --pwprompt --connection-limit=20 --role=subdeck_member NAME' }],
    },
  ];
}

const serverText = {
  other:
    'Not the one that the journal was written on (a failover, or a restored backup), so writes are refused. --accept-server allows them.',
  accepted: 'Writes are allowed again.',
};
