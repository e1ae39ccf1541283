import { dateWords } from '../../model/date-words.ts';
import type { Environment } from '../../model/environment.ts';
import { FaultError } from '../../model/fault.ts';
import { shellWord } from '../../model/shell-word.ts';
import { keyProblems } from '../../state/own-keys.ts';
import { unknownInSaved } from '../../state/saved-settings.ts';
import type { Command } from '../command.ts';
import type { ReadingContext } from '../context.ts';
import { listOf, object, texts } from '../output-shape.ts';
import type { Reply } from '../reply.ts';

export function doctorCommand(commands: () => readonly Command[]): Command {
  return {
    id: 'doctor',
    summary: 'check this installation',
    words: {
      effect: 'reads',
      output: object({ ok: 'switch', checks: listOf(object(texts('name', 'state', 'detail', 'next'))) }),
      kind: 'object',
      args: [],
      flags: [],
      run: async (context) => run(context, commands()),
    },
  };
}

/** `warn` is informative, `bad` stops something from working. */
interface Check {
  readonly name: string;
  readonly state: 'good' | 'warn' | 'bad';
  readonly detail: string;
  readonly next: string | null;
}

async function run(
  context: Pick<
    ReadingContext,
    | 'cache'
    | 'connections'
    | 'journal'
    | 'networkFileSystem'
    | 'paths'
    | 'remembered'
    | 'settings'
    | 'setup'
    | 'surroundings'
    | 'team'
  >,
  commands: readonly Command[],
): Promise<Reply> {
  const settings = attempt('settings', () => good('settings', settingsText(context)));
  const checks: readonly Check[] = [
    good('subdeck', context.surroundings.version),
    good('node', `${process.versions.node} on ${process.platform} ${process.arch}`),
    settings,
    ...(settings.state === 'good' ? [...keys(context, commands), ...(await installation(context))] : []),
    ...(settings.state === 'good' ? await team(context) : []),
    ...tables(context),
    ...networkFiles(context),
    network(context),
  ];
  const ok = checks.every(({ state }) => state !== 'bad');
  return {
    kind: 'object',
    json: { ok, checks },
    sections: [
      {
        title: null,
        fields: checks.map(({ name, state, detail, next }) => ({
          label: `${{ good: '✓', warn: '!', bad: '✗' }[state]} ${name}`,
          value: next ? `${detail} ${next}` : detail,
        })),
      },
    ],
    exit: ok ? 'ok' : 'partial',
    faults: [],
  };
}

async function installation(
  context: Pick<ReadingContext, 'cache' | 'connections' | 'journal' | 'paths' | 'setup'>,
): Promise<readonly Check[]> {
  const names = context.connections.list.map(({ name }) => name);
  const { places } = await context.setup.secretSources(names);
  const trouble = await context.setup.keychainTrouble('NAME');
  const keychain: Check = trouble
    ? { name: 'keychain', state: 'warn', detail: trouble.message, next: trouble.next }
    : good('keychain', 'stores secrets');
  return [
    keychain,
    attempt('cache', () => cache(context)),
    attempt('journal', () => journal(context)),
    ...names.map((name) => attempt(name, () => connection(context, name, places.get(name) ?? 'missing'))),
  ];
}

/** Reads the settings; a faulty file throws. */
function settingsText({ settings, paths }: Pick<ReadingContext, 'paths' | 'settings'>): string {
  const count = Object.keys(settings.connections).length;
  return `${paths.settings}, ${count} connection${count === 1 ? '' : 's'}`;
}

/** Console keys that are duplicated, misspelt, or assigned to nothing. */
function keys({ settings }: Pick<ReadingContext, 'settings'>, commands: readonly Command[]): readonly Check[] {
  const problems = keyProblems(commands, settings.keys);
  const next = `Correct "keys" in the settings.`;
  if (problems.length > 0) return problems.map((detail) => ({ name: 'keys', state: 'warn', detail, next }));
  const count = Object.keys(settings.keys).length;
  return count === 0 ? [] : [good('keys', `${count} of your own`)];
}

/** The team's store, and the way there. */
async function team(context: Pick<ReadingContext, 'team'>): Promise<readonly Check[]> {
  try {
    return await context.team.checks();
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return [{ name: 'team', state: 'bad', detail: error.fault.message, next: error.fault.next }];
  }
}

/** Columns of saved tables and views that do not exist. */
function tables({ remembered }: Pick<ReadingContext, 'remembered'>): readonly Check[] {
  const detail = unknownInSaved(remembered.read());
  return detail === null ? [] : [{ name: 'tables', state: 'warn', detail, next: null }];
}

/** SQLite and Subdeck's own locks count on locks that hold. */
function networkFiles({
  paths,
  networkFileSystem,
}: Pick<ReadingContext, 'networkFileSystem' | 'paths'>): readonly Check[] {
  const places = { settings: paths.settings, cache: paths.cache, journal: paths.journal };
  return Object.entries(places).flatMap(([what, path]): readonly Check[] => {
    const kind = networkFileSystem(path);
    if (kind === null) return [];
    const detail = `The ${what} ${path} may be on a network (${kind}), where locks may not hold and two machines may damage it.`;
    return [
      { name: 'files', state: 'warn', detail, next: 'Set SUBDECK_HOME to a directory on a disk of this machine.' },
    ];
  });
}

function cache({ cache: reader, paths }: Pick<ReadingContext, 'cache' | 'paths'>): Check {
  if (reader.notice === null) return good('cache', paths.cache);
  return { name: 'cache', state: 'warn', detail: reader.notice, next: null };
}

function journal(context: Pick<ReadingContext, 'journal' | 'paths'>): Check {
  const trouble = context.journal.health();
  if (trouble) return { name: 'journal', state: 'bad', detail: trouble.message, next: trouble.next };
  const [damaged] = context.journal.damaged();
  if (damaged !== undefined) {
    const count = context.journal.damaged().length;
    const detail = `${count === 1 ? `Entry ${damaged} is` : `${count} entries are`} damaged: ${context.journal.damaged().slice(0, 5).join(', ')}.`;
    const next = `Check the outcome in the vendor's portal, then run subdeck journal settle ${shellWord(damaged)} --as applied or not-applied.`;
    return { name: 'journal', state: 'bad', detail, next };
  }
  const open = context.journal.unsettled().length;
  if (open === 0) return good('journal', context.paths.journal);
  const next = 'subdeck journal list shows them; subdeck journal settle ID settles one.';
  return { name: 'journal', state: 'warn', detail: `${open} writes with an unknown outcome.`, next };
}

function connection(context: Pick<ReadingContext, 'cache'>, name: string, secrets: string): Check {
  if (secrets === 'missing') {
    const next = `Run subdeck connection set ${shellWord(name)}`;
    return { name, state: 'bad', detail: 'Its secrets are missing.', next };
  }
  const { readAt, rows, lastFault } = context.cache.freshness(name);
  if (lastFault) return { name, state: 'warn', detail: lastFault.message, next: lastFault.next };
  return good(name, readAt ? `${rows} subscriptions, read ${dateWords(readAt)}` : 'not read yet');
}

function network({ surroundings: { proxy } }: Pick<ReadingContext, 'surroundings'>): Check {
  const env: Environment = process.env;
  const more = (['NO_PROXY', 'NODE_EXTRA_CA_CERTS'] as const).filter((name) => env[name]);
  const also = more.length === 0 ? '' : `; ${more.join(' and ')} set`;
  switch (proxy.kind) {
    case 'none':
      return good('network', `no proxy${also}`);
    case 'used':
      return good('network', `through the proxy ${proxy.name}${also}`);
    case 'refused': {
      const next = 'Set it to an HTTP proxy such as http://proxy.example:3128, or unset it.';
      return { name: 'network', state: 'bad', detail: `HTTPS_PROXY ${proxy.why}, so no calls can be made.`, next };
    }
  }
}

function good(name: string, detail: string): Check {
  return { name, state: 'good', detail, next: null };
}

function attempt(name: string, check: () => Check): Check {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return { name, state: 'bad', detail: error.fault.message, next: error.fault.next };
  }
}
