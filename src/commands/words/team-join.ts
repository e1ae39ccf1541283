import { openStates } from '../../journal/journal.ts';
import { fault } from '../../model/fault.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Joined } from '../../team/contract.ts';
import type { Command, Input } from '../command.ts';
import type { Context } from '../context.ts';
import { argument, flag, isOn } from '../given-values.ts';
import { type OfferRow, offerRows } from '../offered-connections.ts';
import { listOf, mapOf, object, texts } from '../output-shape.ts';
import type { Reply, Section } from '../reply.ts';
import { ending } from '../reply-ending.ts';
import { passwordFlag, withPassword } from '../team-password.ts';
import { roleText } from './team-role.ts';
import { outsideConsole, urlArgument } from './team-store.ts';

export const teamJoin: Command = {
  id: 'team join',
  summary: "use a team's store from now on; without a known password it asks for one",
  words: {
    effect: 'local',
    output: object({
      ...texts('url', 'as', 'role', 'team'),
      schema: 'number',
      connections: listOf(object({ ...texts('name', 'vendor', 'member', 'command'), settings: mapOf('text') })),
    }),
    kind: 'object',
    takesSecrets: true,
    needsNetwork: true,
    notInConsole: outsideConsole,
    args: [urlArgument],
    flags: [{ name: 'as', value: 'NAME', help: "the member's name; without it that of the login" }, passwordFlag],
    examples: ['team join postgres://anna@db.example/subdeck --as anna'],
    run: join,
  },
};

async function join(
  context: Pick<Context, 'journal' | 'settings' | 'setup' | 'team' | 'writes'>,
  input: Input,
): Promise<Reply> {
  const { team } = context;
  const url = argument(input, 'URL');
  if (team.current !== null && !team.isCurrent(url)) {
    throw fault(
      'usage',
      `This installation is in the team of ${team.current.url}.`,
      'Leave it first: subdeck team leave',
    );
  }
  if (team.current === null) await demandNothingOpen(context);
  const as = flag(input, 'as');
  const wasAlone = team.current === null;
  const joined = await withPassword(team, input, url, (password) => team.join(url, { as, password }));
  if (wasAlone) await demandNothingBegan(context);
  const offers = offerRows(context, joined.offered);
  const added = await addOffered(context, input, offers);
  const { team: id, schema, role, notKept } = joined;
  return {
    kind: 'object',
    json: { url: joined.url, as: joined.as, role, team: id, schema, connections: offers },
    sections: joinSections(joined, offers, added),
    ...ending(notKept === null ? [] : [notKept], true),
  };
}

/** What the private journal has open would be forgotten by everybody. */
async function demandNothingOpen({ journal, writes }: Pick<Context, 'journal' | 'writes'>): Promise<void> {
  await writes.recover();
  const open = await journal.storedIn(openStates);
  if (open.length === 0) return;
  const message = `${open.length === 1 ? 'A write is' : `${open.length} writes are`} open in the journal of this machine.`;
  throw fault('refused', message, 'subdeck journal list shows them. Wait for their end or settle them, then join.');
}

/** A console that is open here may have begun a write before it saw that there is a team. */
async function demandNothingBegan({ journal, team }: Pick<Context, 'journal' | 'team'>): Promise<void> {
  const open = await journal.storedIn(openStates);
  if (open.length === 0) return;
  await team.leave();
  const message = 'Another Subdeck of this computer began a write in the meantime, so the team was left again.';
  throw fault('refused', message, 'subdeck journal list shows it. Wait for its end or settle it, then join.');
}

/** The names of those that a person at a terminal wants here. Their secrets are not the team's. */
async function addOffered(
  { setup }: Pick<Context, 'setup'>,
  input: Input,
  offers: readonly OfferRow[],
): Promise<readonly string[]> {
  const { ask } = input;
  if (ask === null || isOn(input, 'json') || offers.length === 0) return [];
  const added: string[] = [];
  input.say('The team has these connections. Check their addresses: they are other members’ words.');
  for (const { name, vendor, settings, member } of offers) {
    const pairs = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
    input.say(`  ${name} (${vendor}), of ${member}: ${pairs.join(' ')}`);
    if (!/^y(es)?$/i.test((await ask(`Add ${name}? [y/N] `)).trim())) continue;
    await setup.save(name, ({ connections }) => {
      if (!Object.hasOwn(connections, name)) return { vendor, values: settings };
      throw fault('usage', `The connection ${name} already exists.`, 'Run subdeck team join once more.');
    });
    added.push(name);
  }
  return added;
}

function joinSections(
  { url, as, role }: Joined,
  offers: readonly OfferRow[],
  added: readonly string[],
): readonly Section[] {
  const secrets = added.map((name) => ({ label: name, value: `subdeck connection set ${shellWord(name)}` }));
  const offered = offers
    .filter(({ name }) => !added.includes(name))
    .map(({ command, member }) => ({ label: member, value: command }));
  return [
    {
      title: null,
      fields: [
        { label: 'Team', value: url },
        { label: 'Member', value: as },
        { label: 'Role', value: roleText(role) },
        {
          label: 'Now',
          value: 'Restart the other consoles of this user: until then they only read.',
        },
      ],
    },
    ...(secrets.length === 0 ? [] : [{ title: 'Added; to give their secrets', fields: secrets }]),
    ...(offered.length === 0
      ? []
      : [{ title: 'Connections of the team; check the addresses before you give a secret', fields: offered }]),
  ];
}
