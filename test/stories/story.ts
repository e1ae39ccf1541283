import { expect } from 'vitest';
import type { CommandResult } from '../cli/run-program.ts';
import { openStory, type Served, type StoryFixture, type StoryOptions } from './fixture.ts';
import { type Keyboard, keyboard } from './keyboard.ts';

/**
 * Two fixtures with caches of the same seed, one for each mode. A story runs on both and must end in the same state.
 */
export interface Frontends {
  readonly keys: StoryFixture;
  readonly words: StoryFixture;
  /** The matching subscriptions, in the order of the list. */
  find(connection: string, filter: string): Promise<readonly Row[]>;
  /** Runs a story through the console and the command line at once, compares the resulting states, and returns the state. */
  play(journey: Journey): Promise<EndState>;
  close(): Promise<void>;
}

export interface Journey {
  /** The subscriptions of the story, except those that it creates. */
  readonly refs: readonly string[];
  readonly byKeys: (person: Keyboard, so: StoryChecks) => Promise<void>;
  readonly byWords: (fixture: StoryFixture, so: StoryChecks) => Promise<void>;
  /** How the console is started; by default without flags. */
  readonly args?: readonly string[];
  /** Of the terminal; default: 120×40. */
  readonly size?: Size;
}

/** Columns and rows. */
export type Size = readonly [columns: number, rows: number];

/** What a story can check while it runs. */
export interface StoryChecks {
  /** Opens another console on the same fixture. */
  anotherConsole(): Promise<Keyboard>;
  /** Fails if a write has reached a vendor since the story began. */
  nothingSent(): Promise<void>;
}

/** The resulting state: in the cache, in the journal, and at the vendor. */
export interface EndState {
  /** By ref; null if the subscription no longer exists. */
  readonly rows: readonly (object | null)[];
  /** Oldest first. */
  readonly journal: readonly Entry[];
  readonly sent: readonly Sent[];
  /** The polled requests since the fixture was opened, each once. */
  readonly polled: readonly string[];
}

export interface Row {
  readonly ref: string;
  readonly id: string;
  readonly name: string;
  readonly quantity: number;
  readonly hasLicenseKey: boolean;
  readonly organization: Named;
  readonly seller: Named;
  readonly reseller: Named;
  readonly services: readonly [Named];
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Entry {
  readonly ref: string;
  readonly verb: string;
  readonly sentence: string;
  readonly state: string;
  readonly before: object;
  readonly after: object;
  readonly status: number | null;
}

export type Sent = Pick<Served, 'method' | 'path' | 'query' | 'body'>;

/**
 * Both fixtures, with everything read once. The date of the sandboxes is fixed, so that both have exactly the same
 * content.
 */
export async function openFrontends(options: StoryOptions): Promise<Frontends> {
  const given = options.sandbox ?? [];
  const usual = ['--seed=1', '--today=2026-11-21'].filter(
    (flag) => !given.some((own) => own.startsWith(flag.slice(0, 7))),
  );
  const same = { ...options, sandbox: [...usual, ...given] };
  const [keys, words] = await Promise.all([openStory(same), openStory(same)]);
  await Promise.all([keys, words].map((fixture) => succeeded(fixture.words('sync'))));
  for (const fixture of [keys, words]) left.set(fixture, [0, 0]);
  return {
    keys,
    words,
    find: (connection, filter) =>
      listed<Row>(words, 'subscription', 'list', '--connection', connection, '--filter', filter),
    play: async (journey) => {
      const [byKeys, byWords] = await Promise.all([
        traced(keys, journey.refs, (so) => atConsole(keys, journey, so)),
        traced(words, journey.refs, (so) => journey.byWords(words, so)),
      ]);
      expect(byKeys).toEqual(byWords);
      return byWords;
    },
    close: async () => {
      await Promise.all([keys.close(), words.close()]);
    },
  };
}

async function atConsole(fixture: StoryFixture, { byKeys, args = [], size }: Journey, so: StoryChecks): Promise<void> {
  const person = await consoleAt(fixture, args, size);
  await byKeys(person, so);
  person.terminal.kill('SIGKILL');
  await person.terminal.exited;
}

async function consoleAt(fixture: StoryFixture, args: readonly string[], size: Size = [120, 40]): Promise<Keyboard> {
  const [columns, rows] = size;
  const terminal = fixture.console({ args, columns, rows });
  await terminal.see('Sellers');
  return keyboard(terminal);
}

/** The number of writes and entries that the previous story left on a fixture; none if it failed. */
const left = new WeakMap<StoryFixture, readonly [sent: number, journal: number]>();

async function leftAt(fixture: StoryFixture): Promise<readonly [sent: number, journal: number]> {
  const [sent, journal] = await Promise.all([fixture.sent(), journalOf(fixture)]);
  return [sent.length, journal.length];
}

async function traced(
  fixture: StoryFixture,
  refs: readonly string[],
  journey: (so: StoryChecks) => Promise<void>,
): Promise<EndState> {
  const [sentBefore, journalBefore] = left.get(fixture) ?? (await leftAt(fixture));
  left.delete(fixture);
  await journey({
    anotherConsole: () => consoleAt(fixture, []),
    nothingSent: async () => expect(await fixture.sent()).toHaveLength(sentBefore),
  });
  const [sent, journal] = await Promise.all([fixture.sent(), journalOf(fixture)]);
  left.set(fixture, [sent.length, journal.length]);
  return {
    rows: await Promise.all(refs.map((ref) => rowOf(fixture, ref))),
    journal: journal.slice(journalBefore),
    sent: sent.slice(sentBefore).map(({ method, path, query, body }) => ({ method, path, query, body })),
    polled: await polled(fixture),
  };
}

async function polled(fixture: StoryFixture): Promise<readonly string[]> {
  const served = await Promise.all(fixture.connections.map(({ name }) => fixture.served(name)));
  return [...new Set(served.flatMap((calls) => calls.map(({ path }) => path)))].filter((path) =>
    path.includes('quantityrequest'),
  );
}

/** Oldest first. */
async function journalOf(fixture: StoryFixture): Promise<readonly Entry[]> {
  const entries = await listed<Omit<Entry, 'status'> & { readonly vendor: { readonly status: number } | null }>(
    fixture,
    'journal',
    'list',
    '--offline',
  );
  return entries.toReversed().map(({ ref, verb, sentence, state, before, after, vendor }) => {
    return { ref, verb, sentence, state, before, after, status: vendor?.status ?? null };
  });
}

async function rowOf(fixture: StoryFixture, ref: string): Promise<object | null> {
  const shown = await fixture.words('subscription', 'show', ref, '--json', '--offline');
  if (shown.code === 3) return null;
  expect(shown.code, shown.stderr).toBe(0);
  return { ...shown.json<object>(), readAt: null };
}

export async function listed<Item>(fixture: StoryFixture, ...words: string[]): Promise<readonly Item[]> {
  return (await succeeded(fixture.words(...words, '--json'))).json<readonly Item[]>();
}

/** The number of cached subscriptions, or of those that match a filter. */
export async function cached(fixture: StoryFixture, filter?: string): Promise<number> {
  const narrowed = filter === undefined ? [] : ['--filter', filter];
  return (await listed(fixture, 'subscription', 'list', '--offline', ...narrowed)).length;
}

/** The output of a command, which must succeed. */
export async function succeeded(saying: Promise<CommandResult>): Promise<CommandResult> {
  const said = await saying;
  expect(said.code, said.stderr).toBe(0);
  return said;
}
