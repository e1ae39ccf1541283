import { expect } from 'vitest';
import { type Desk, type DeskOptions, openDesk, type Served, type Spoken } from './fixture.ts';
import { type Keyboard, keyboard } from './keyboard.ts';

/**
 * Two desks with books of the same seed, one for each door. A journey is played at both, and must leave the same behind.
 */
export interface Doors {
  readonly keys: Desk;
  readonly words: Desk;
  /** The subscriptions that match, in the order of the list. */
  find(connection: string, filter: string): Promise<readonly Row[]>;
  /** Plays a journey through both doors at once, compares what each left, and gives it. */
  play(journey: Journey): Promise<Trace>;
  close(): Promise<void>;
}

export interface Journey {
  /** The subscriptions that the journey is about; those that it creates need not be named. */
  readonly refs: readonly string[];
  readonly byKeys: (person: Keyboard, so: SoFar) => Promise<void>;
  readonly byWords: (desk: Desk, so: SoFar) => Promise<void>;
  /** How the console is started; with the words it gets none. */
  readonly args?: readonly string[];
}

/** What can be asked in the middle of a journey. */
export interface SoFar {
  /** Opens another console at the same desk. */
  anotherConsole(): Promise<Keyboard>;
  /** Fails when a write has reached a vendor since the journey began. */
  nothingSent(): Promise<void>;
}

/** What a journey leaves: in the cache, in the journal, and at the vendor. */
export interface Trace {
  /** By the ref; null where there is no such subscription any more. */
  readonly rows: readonly (object | null)[];
  /** Oldest first. */
  readonly journal: readonly Entry[];
  readonly sent: readonly Sent[];
  /** The requests that were looked at since the desk was opened, each once. */
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

/** Both desks, with everything read once. The sandboxes stand still on one day, so that both hold the same to the letter. */
export async function openDoors(options: DeskOptions): Promise<Doors> {
  const same = { ...options, sandbox: ['--seed=1', '--today=2026-11-21', ...(options.sandbox ?? [])] };
  const [keys, words] = await Promise.all([openDesk(same), openDesk(same)]);
  await Promise.all([keys, words].map((desk) => spoken(desk.words('sync'))));
  for (const desk of [keys, words]) left.set(desk, [0, 0]);
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

async function atConsole(desk: Desk, { byKeys, args = [] }: Journey, so: SoFar): Promise<void> {
  const person = await consoleAt(desk, args);
  await byKeys(person, so);
  person.terminal.kill('SIGKILL');
  await person.terminal.exited;
}

async function consoleAt(desk: Desk, args: readonly string[]): Promise<Keyboard> {
  const terminal = desk.console({ args });
  await terminal.see('Sellers');
  return keyboard(terminal);
}

/** How many writes and entries the journey before left at a desk; nothing where it broke off. */
const left = new WeakMap<Desk, readonly [sent: number, journal: number]>();

async function leftAt(desk: Desk): Promise<readonly [sent: number, journal: number]> {
  const [sent, journal] = await Promise.all([desk.sent(), journalOf(desk)]);
  return [sent.length, journal.length];
}

async function traced(desk: Desk, refs: readonly string[], journey: (so: SoFar) => Promise<void>): Promise<Trace> {
  const [sentBefore, journalBefore] = left.get(desk) ?? (await leftAt(desk));
  left.delete(desk);
  await journey({
    anotherConsole: () => consoleAt(desk, []),
    nothingSent: async () => expect(await desk.sent()).toHaveLength(sentBefore),
  });
  const [sent, journal] = await Promise.all([desk.sent(), journalOf(desk)]);
  left.set(desk, [sent.length, journal.length]);
  return {
    rows: await Promise.all(refs.map((ref) => rowOf(desk, ref))),
    journal: journal.slice(journalBefore),
    sent: sent.slice(sentBefore).map(({ method, path, query, body }) => ({ method, path, query, body })),
    polled: await polled(desk),
  };
}

async function polled(desk: Desk): Promise<readonly string[]> {
  const served = await Promise.all(desk.connections.map(({ name }) => desk.served(name)));
  return [...new Set(served.flatMap((calls) => calls.map(({ path }) => path)))].filter((path) =>
    path.includes('quantityrequest'),
  );
}

/** Oldest first. */
async function journalOf(desk: Desk): Promise<readonly Entry[]> {
  const entries = await listed<Omit<Entry, 'status'> & { readonly vendor: { readonly status: number } | null }>(
    desk,
    'journal',
    'list',
    '--offline',
  );
  return entries.toReversed().map(({ ref, verb, sentence, state, before, after, vendor }) => {
    return { ref, verb, sentence, state, before, after, status: vendor?.status ?? null };
  });
}

async function rowOf(desk: Desk, ref: string): Promise<object | null> {
  const shown = await desk.words('subscription', 'show', ref, '--json', '--offline');
  if (shown.code === 3) return null;
  expect(shown.code, shown.stderr).toBe(0);
  return { ...shown.json<object>(), readAt: null };
}

export async function listed<Item>(desk: Desk, ...words: string[]): Promise<readonly Item[]> {
  return (await spoken(desk.words(...words, '--json'))).json<readonly Item[]>();
}

/** How many subscriptions are cached, or match a filter. */
export async function cached(desk: Desk, filter?: string): Promise<number> {
  const narrowed = filter === undefined ? [] : ['--filter', filter];
  return (await listed(desk, 'subscription', 'list', '--offline', ...narrowed)).length;
}

/** What was said, which must have gone well. */
export async function spoken(saying: Promise<Spoken>): Promise<Spoken> {
  const said = await saying;
  expect(said.code, said.stderr).toBe(0);
  return said;
}
