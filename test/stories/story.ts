import { expect } from 'vitest';
import { type Desk, type DeskOptions, openDesk, type Served, type Spoken } from './desk.ts';
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
  readonly byKeys: (person: Keyboard, desk: Desk) => Promise<void>;
  readonly byWords: (desk: Desk) => Promise<void>;
  /** How the console is started; with the words it gets none. */
  readonly args?: readonly string[];
}

/** What a journey leaves: in the cache, in the journal, and at the vendor. */
export interface Trace {
  /** By the ref; null where there is no such subscription any more. */
  readonly rows: readonly (object | null)[];
  /** Oldest first. */
  readonly journal: readonly Entry[];
  readonly sent: readonly Sent[];
  /** Requests that were asked for, each once. */
  readonly polled: readonly string[];
}

export interface Row {
  readonly ref: string;
  readonly id: string;
  readonly name: string;
  readonly quantity: number;
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
  return {
    keys,
    words,
    find: (connection, filter) =>
      listed<Row>(words, 'subscription', 'list', '--connection', connection, '--filter', filter),
    play: async (journey) => {
      const [byKeys, byWords] = await Promise.all([
        traced(keys, journey.refs, () => atConsole(keys, journey)),
        traced(words, journey.refs, () => journey.byWords(words)),
      ]);
      expect(byKeys).toEqual(byWords);
      return byWords;
    },
    close: async () => {
      await Promise.all([keys.close(), words.close()]);
    },
  };
}

async function atConsole(desk: Desk, { byKeys, args = [] }: Journey): Promise<void> {
  const terminal = desk.console({ args });
  await terminal.see('Sellers');
  await byKeys(keyboard(terminal), desk);
  terminal.kill('SIGKILL');
  await terminal.exited;
}

async function traced(desk: Desk, refs: readonly string[], journey: () => Promise<void>): Promise<Trace> {
  const before = await leftAt(desk);
  await journey();
  const after = await leftAt(desk);
  const served = after.served.slice(before.served.length);
  return {
    rows: await Promise.all(refs.map((ref) => rowOf(desk, ref))),
    journal: after.journal.slice(before.journal.length),
    sent: served
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path, query, body }) => ({ method, path, query, body })),
    polled: [...new Set(served.map(({ path }) => path).filter((path) => path.includes('quantityrequest')))],
  };
}

/** What the vendors served and what the journal holds, oldest first. */
async function leftAt(desk: Desk): Promise<{ served: readonly Served[]; journal: readonly Entry[] }> {
  const origins = new Map(desk.connections.map(({ name, settings }) => [settings.baseUrl, name]));
  const served = await Promise.all([...origins.values()].map((name) => desk.served(name)));
  const entries = await listed<Entry & { readonly vendor: { readonly status: number } | null }>(
    desk,
    'journal',
    'list',
    '--offline',
  );
  const journal = entries.toReversed().map(({ ref, verb, sentence, state, before, after, vendor }) => {
    return { ref, verb, sentence, state, before, after, status: vendor?.status ?? null };
  });
  return { served: served.flat(), journal };
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

/** What was said, which must have gone well. */
export async function spoken(saying: Promise<Spoken>): Promise<Spoken> {
  const said = await saying;
  expect(said.code, said.stderr).toBe(0);
  return said;
}
