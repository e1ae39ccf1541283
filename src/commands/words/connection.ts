import { secretsVariable } from '../../model/connection-name.ts';
import { type Fault, FaultError, fault } from '../../model/fault.ts';
import { missingFrom, mistakesIn } from '../../model/setting-check.ts';
import type { ConnectionSettings, Secrets, Settings } from '../../model/settings.ts';
import { shellWord } from '../../model/shell-word.ts';
import { characterFault } from '../../model/text-check.ts';
import type { ArgumentSpec, Command, Input } from '../command.ts';
import { isComplete, missingSettings, nameTaken, questionsOf } from '../connection-questions.ts';
import {
  type ConnectionRow,
  connectionColumns,
  connectionRow,
  connectionSections,
  shownSettings,
} from '../connection-row.ts';
import type { Context, ReadingContext } from '../context.ts';
import { findConnection } from '../find.ts';
import { argument, flag, isOn, pairs } from '../given-values.ts';
import { confirmLeaving, leavingFlag } from '../leaving-account.ts';
import { listOf, mapOf, object, texts } from '../output-shape.ts';
import type { Reply } from '../reply.ts';
import { ending, wellEnded } from '../reply-ending.ts';
import { askOtherSecrets, heldByEnvironment } from '../secret-questions.ts';
import { secretsFrom } from '../secrets-input.ts';
import type { VendorKind } from '../setup.ts';
import { testConnection } from '../test-connection.ts';
import { vendorTopics } from '../vendor-topics.ts';
import { connectionProbe } from './connection-probe.ts';

const nameArgument = { name: 'NAME', help: 'lower-case letters, digits, - and _' };
const knownArgument: ArgumentSpec = { ...nameArgument, completes: 'connection' };
const pairsArgument: ArgumentSpec = {
  name: 'key=value',
  help: 'settings; subdeck help connection add VENDOR lists them',
  completes: 'setting',
  rest: true,
  optional: true,
};
const secretsFlag = { name: 'secrets-stdin', help: 'read the secrets from stdin, as one JSON object' };

const connectionShape = object({ ...texts('name', 'vendor', 'secrets'), settings: mapOf('text') });

export const connectionCommands: readonly Command[] = [
  {
    id: 'connection add',
    summary: 'save a connection to a vendor; prompts for missing values; makes no network calls',
    words: {
      effect: 'local',
      output: connectionShape,
      kind: 'object',
      asks: { of: 'new', when: asksForVendorOrName },
      takesSecrets: true,
      topics: vendorTopics,
      args: [{ ...nameArgument, optional: true }, pairsArgument],
      flags: [
        {
          name: 'vendor',
          value: 'V',
          help: "the vendor's id; `subdeck vendors` has a column for each",
          completes: 'vendor',
        },
        secretsFlag,
      ],
      examples: ['connection add nordic --vendor V key=value --secrets-stdin < secrets.json'],
      run: add,
    },
  },
  {
    id: 'connection set',
    summary:
      'change settings or secrets of a connection; an empty value removes a setting. Without arguments it asks for each secret',
    words: {
      effect: 'local',
      output: connectionShape,
      kind: 'object',
      asks: {
        of: 'known',
        when: (context, input) => findConnection(context, argument(input, 'NAME')).name !== '' && isAlone(input),
      },
      args: [knownArgument, { ...pairsArgument, completes: 'connection-setting' }],
      flags: [secretsFlag, leavingFlag],
      takesSecrets: true,
      examples: ['connection set nordic        asks for each secret without showing it'],
      topics: vendorTopics,
      run: set,
    },
  },
  {
    id: 'connection list',
    summary: 'the connections, and where their secrets are',
    words: {
      effect: 'reads',
      output: connectionShape,
      kind: 'list',
      args: [],
      flags: [],
      run: async (context, input) => list(context, input),
    },
  },
  {
    id: 'connection show',
    summary: 'one connection',
    words: {
      effect: 'reads',
      output: connectionShape,
      kind: 'object',
      args: [knownArgument],
      flags: [],
      run: async (context, input) => show(context, findConnection(context, argument(input, 'NAME')).name, []),
    },
  },
  {
    id: 'connection test',
    summary: 'sign in and read the first page; show what the connection can do',
    words: {
      effect: 'reads',
      output: object({
        ...texts('name', 'vendor'),
        ok: 'switch',
        signedIn: 'switch',
        rows: 'number',
        milliseconds: 'number',
        can: listOf('text'),
        cannot: listOf(object(texts('title', 'reason'))),
      }),
      kind: 'object',
      args: [knownArgument],
      flags: [],
      needsNetwork: true,
      run: testConnection,
    },
  },
  connectionProbe,
  {
    id: 'connection remove',
    summary: 'remove a connection: its settings, its secrets and its cached rows',
    words: {
      effect: 'local',
      output: object({ ...texts('name', 'vendor'), removed: 'switch' }),
      kind: 'object',
      args: [knownArgument],
      flags: [leavingFlag],
      run: remove,
    },
  },
];

/** What adding and changing a connection need, the open writes on it included. */
type SettingContext = Pick<Context, 'connections' | 'journal' | 'settings' | 'setup' | 'writes'>;

async function add(context: SettingContext, input: Input): Promise<Reply> {
  const asked = questionsOf(context, input);
  if (asked === null && input.args.NAME === undefined) {
    throw fault(
      'usage',
      `subdeck connection add needs NAME: ${nameArgument.help}.`,
      'See subdeck connection add --help',
    );
  }
  const kind = vendorOf(context, flag(input, 'vendor') ?? (await asked?.vendor()) ?? null);
  const given = input.args.NAME;
  const name = given ?? (await asked?.name(kind)) ?? argument(input, 'NAME');
  const taken = nameTaken(context, name);
  if (taken !== null) throw taken;
  const values = pairs(input.rest);
  const more = asked === null ? null : await asked.rest(kind, name, values, isOn(input, 'secrets-stdin'));
  const settings = writable({ ...values, ...more?.values });
  const change: Change = {
    name,
    kind,
    secrets: more?.secrets ?? null,
    valuesIn: (saved) => {
      const takenMeanwhile = nameTaken({ settings: saved }, name);
      if (takenMeanwhile !== null) throw takenMeanwhile;
      return settings;
    },
  };
  const reply = await save(context, input, change);
  if (input.ask !== null && !isOn(input, 'json')) input.say(await nextStep(context, name, kind));
  return reply;
}

async function nextStep(
  { setup }: Pick<Context, 'setup'>,
  name: string,
  { declarations }: VendorKind,
): Promise<string> {
  const { places } = await setup.secretSources([name]);
  if (places.get(name) !== 'missing')
    return `subdeck connection test ${shellWord(name)} tests it; subdeck opens the console.`;
  const wanted = declarations.filter(({ secret, required }) => secret && required);
  const shape = wanted.map((each) => `"${each.name}": "…"`).join(', ');
  return [
    'Its secrets are missing.',
    `  To store them in the keychain: subdeck connection set ${shellWord(name)}`,
    `  Without a keychain: ${secretsVariable(name)}='{${shape}}' in the environment`,
  ].join('\n');
}

function vendorOf(context: Pick<Context, 'setup'>, wanted: string | null): VendorKind {
  const kind = context.setup.vendors.find(({ id }) => id === wanted);
  if (kind !== undefined) return kind;
  const ids = context.setup.vendors.map(({ id }) => id).join(', ');
  const wrong = wanted === null ? '--vendor is missing.' : `There is no vendor "${wanted}".`;
  throw fault('usage', wrong, `Use one of ${ids}.`);
}

async function set(context: SettingContext, input: Input): Promise<Reply> {
  const { name, vendor } = findConnection(context, argument(input, 'NAME'));
  const kind = context.setup.vendors.find(({ id }) => id === vendor);
  if (!kind) throw fault('usage', `There is no vendor "${vendor}".`, '');
  if (isAlone(input) && (input.ask === null || isOn(input, 'json'))) {
    const next = 'Give key=value or --secrets-stdin; at a terminal, without --json, each secret is asked for.';
    throw fault('usage', 'Nothing to set was given.', next);
  }
  const answered = isAlone(input) ? await askOtherSecrets(context, input, kind, name) : null;
  const given = writable(pairs(input.rest));
  const valuesIn = (settings: Settings) => ({ ...settingsOf({ settings }, name).values, ...given });
  const reply = await save(context, input, { name, kind, secrets: answered, valuesIn });
  const held = isOn(input, 'secrets-stdin') ? heldByEnvironment(context, name) : null;
  if (held !== null && !isOn(input, 'json')) input.say(`${held} The secrets given now are used once it is unset.`);
  return reply;
}

/** Without anything to set: each secret is asked for. */
function isAlone(input: Input): boolean {
  return input.rest.length === 0 && !isOn(input, 'secrets-stdin');
}

/** Settings are displayed and sent: throws `usage` for text that is unsafe for either. */
function writable(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(values)) {
    const wrong = characterFault(`The setting ${name}`, value);
    if (wrong !== null) throw new FaultError({ ...wrong, next: `${wrong.next} Nothing was saved.` });
  }
  return values;
}

/** What is to become of a connection's settings. */
interface Change {
  readonly name: string;
  readonly kind: VendorKind;
  /** What a person answered; null where nobody was asked. */
  readonly secrets: Secrets | null;
  /** Of these settings. Throws where that cannot be. */
  valuesIn(settings: Settings): Readonly<Record<string, string>>;
}

async function save(context: SettingContext, input: Input, change: Change): Promise<Reply> {
  const { name, kind } = change;
  const secrets = isOn(input, 'secrets-stdin') ? await secretsFrom(input, kind) : change.secrets;
  const connectionIn = (settings: Settings): ConnectionSettings => {
    const merged = Object.entries(change.valuesIn(settings)).filter(([, value]) => value !== '');
    const values = Object.fromEntries(merged);
    const [mistake] = mistakesIn(values, kind.declarations);
    if (mistake) throw fault('usage', `${mistake.name} ${mistake.message}.`, 'Nothing was saved.');
    demandSettings(context, name, kind, values, secrets);
    return { vendor: kind.id, values };
  };
  const connection = connectionIn(context.settings);
  const from = context.connections.list.find((one) => one.name === name)?.account ?? null;
  const to = context.setup.accountOf(connection);
  await confirmLeaving(context, input, name, to);
  await context.setup.save(name, (saved) => {
    const now = connectionIn(saved);
    if (
      saved.connections[name]?.vendor === (from === null ? undefined : kind.id) &&
      context.setup.accountOf(now) === to
    )
      return now;
    const message = `Another Subdeck process changed the connection ${name} in the meantime.`;
    throw fault('usage', message, 'Check it with subdeck connection show and try again. Nothing was saved.');
  });
  if (from !== null && from !== to) input.say(`${name} now uses ${to}; the cached rows of ${from} were removed.`);
  const notKept = secrets ? await context.setup.keepSecrets(name, secrets, from === null ? 'go' : 'stay') : null;
  return show(context, name, notKept ? [notKept] : []);
}

/** A setting can be typed behind the command: only what else is asked needs the terminal. Throws `usage` for missing settings. */
function asksForVendorOrName(context: Pick<Context, 'setup'>, input: Input): boolean {
  const lacking = missingSettings(context, input);
  if (lacking.length === 0) return !isComplete(context, input);
  const list = lacking.map(({ name, choices }) => `${name}=${choices ? choices.join('|') : '…'}`).join(' ');
  const names = lacking.map(({ name }) => name).join(' and ');
  const [is, it] = lacking.length === 1 ? ['is', 'it'] : ['are', 'them'];
  throw fault('usage', `${names} ${is} missing.`, `Give ${it} as ${list}. Nothing was saved.`);
}

/** With a bearer token from elsewhere there is no sign-in, so only settings that choose the data are required. */
function demandSettings(
  context: Pick<Context, 'setup'>,
  name: string,
  kind: VendorKind,
  values: Readonly<Record<string, string>>,
  secrets: Secrets | null,
): void {
  const known = secrets ? Object.keys(secrets) : (context.setup.secretsGiven(name) ?? []);
  if (known.includes('accessToken')) return;
  const lacking = missingFrom(values, kind.declarations).filter(({ secret }) => !secret);
  if (lacking.length === 0) return;
  const list = lacking.map(({ name: setting, choices }) => `${setting}=${choices ? choices.join('|') : '…'}`).join(' ');
  throw fault('usage', `${kind.title} also needs ${list}.`, 'Nothing was saved.');
}

async function list(context: Pick<ReadingContext, 'settings' | 'setup'>, input: Input): Promise<Reply> {
  const names = Object.keys(context.settings.connections);
  const { places, fault: trouble } = await context.setup.secretSources(names);
  if (trouble) input.say(`${trouble.message} ${trouble.next}`);
  return {
    kind: 'list',
    columns: connectionColumns,
    rows: names.map((name) => connectionRow(rowOf(name, settingsOf(context, name), places.get(name) ?? 'missing'))),
    empty: 'There is no connection yet. Add one with subdeck connection add NAME --vendor V',
    ...wellEnded,
  };
}

async function show(
  context: Pick<ReadingContext, 'settings' | 'setup'>,
  name: string,
  faults: readonly Fault[],
): Promise<Reply> {
  const { places } = await context.setup.secretSources([name]);
  const row = rowOf(name, settingsOf(context, name), places.get(name) ?? 'missing');
  return { kind: 'object', json: row, sections: connectionSections(row), ...ending(faults, true) };
}

function rowOf(name: string, { vendor, values }: ConnectionSettings, secrets: ConnectionRow['secrets']): ConnectionRow {
  return { name, vendor, settings: shownSettings(values), secrets };
}

function settingsOf(context: Pick<Context, 'settings'>, name: string): ConnectionSettings {
  const saved = context.settings.connections[name];
  if (saved) return saved;
  throw fault('missing', `There is no connection "${name}".`, 'subdeck connection list shows them.');
}

async function remove(
  context: Pick<Context, 'connections' | 'journal' | 'setup' | 'writes'>,
  input: Input,
): Promise<Reply> {
  const { name, vendor } = findConnection(context, argument(input, 'NAME'));
  await confirmLeaving(context, input, name, null);
  const trouble = await context.setup.remove(name);
  return {
    kind: 'object',
    json: { name, vendor, removed: true },
    sections: [{ title: null, fields: [{ label: 'Removed', value: name }] }],
    ...ending(trouble ? [trouble] : [], true),
  };
}
