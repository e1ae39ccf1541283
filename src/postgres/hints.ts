import type pg from 'pg';
import { processOf } from './process-of.ts';

/**
 * Says between processes that something changed. Anybody who may connect can say so: a hint is a reason to look, and says nothing of what is
 * found. Where hints do not arrive, as behind a pooler, polling does it.
 */
export interface Hints {
  /** Tells the others, in a statement of its own. Needs not be waited for, and may not come through. */
  give(): void;
  /** Calls back at each hint, until it is stopped. */
  listen(onHint: () => void): () => void;
  /** Whether hints arrive just now: then polling may be slower. */
  isHeard(): boolean;
}

/** What a database needs of it. */
export interface HintChannel extends Hints {
  /** Makes a connection listen, or stop, as is wanted; before it is used, so that nothing else runs on it. */
  prepare(client: pg.PoolClient): Promise<void>;
  /** Sends what waits. */
  flush(): Promise<void>;
}

const channel = 'subdeck';
/** At most one hint in so many milliseconds: commits that notify wait for each other in the whole database. */
const giveEvery = 100;
/** More in a second is nobody's work: hints are not listened to for a while. */
const flood = 200;
const deafFor = 60_000;

/** `tell`: one statement with a value, of which nobody waits for the end. */
export function hintChannel(tell: (text: string, value: string) => Promise<unknown>): HintChannel {
  const listeners = new Set<() => void>();
  /** Connections that hints arrive on. */
  const heard = new Set<pg.PoolClient>();
  /** Behind a pooler, which would give the next client this one's notifications. */
  const unable = new WeakSet<pg.PoolClient>();
  let deafUntil = 0;
  let second = { from: 0, count: 0 };
  let timer: NodeJS.Timeout | null = null;
  let lastGiven = Number.NEGATIVE_INFINITY;

  const isWanted = () => listeners.size > 0 && performance.now() >= deafUntil;

  function onNotification(): void {
    const now = performance.now();
    if (now - second.from >= 1000) second = { from: now, count: 0 };
    second.count += 1;
    if (second.count > flood) deafUntil = now + deafFor;
    if (isWanted()) for (const listener of listeners) listener();
  }

  async function begin(client: pg.PoolClient): Promise<void> {
    const { rows } = await client.query<{ readonly pid: number }>('SELECT pg_catalog.pg_backend_pid() AS pid');
    // A pooler answers with a number of its own, or gives each transaction another server process.
    if (rows[0]?.pid !== processOf(client)) {
      unable.add(client);
      return;
    }
    client.on('notification', onNotification);
    client.once('end', () => {
      heard.delete(client);
      // No hint comes any more: whoever counted on them looks at once whether the server is still there.
      if (isWanted()) for (const listener of listeners) listener();
    });
    await client.query(`LISTEN ${channel}`);
    heard.add(client);
  }

  async function send(): Promise<void> {
    timer = null;
    lastGiven = performance.now();
    // Of a fixed length, and nobody reads it.
    const value = String(Date.now()).padStart(20, '0');
    await tell(`SELECT pg_catalog.pg_notify('${channel}', $1)`, value).catch(() => undefined);
  }

  return {
    give() {
      timer ??= setTimeout(() => void send(), Math.max(10, lastGiven + giveEvery - performance.now())).unref();
    },
    listen(onHint) {
      // The same function may be given twice.
      const listener = () => onHint();
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    isHeard: () => isWanted() && heard.size > 0,
    async prepare(client) {
      if (isWanted() && !heard.has(client) && !unable.has(client)) return begin(client);
      if (isWanted() || !heard.has(client)) return;
      client.off('notification', onNotification);
      heard.delete(client);
      await client.query(`UNLISTEN ${channel}`);
    },
    async flush() {
      if (timer === null) return;
      clearTimeout(timer);
      await send();
    },
  };
}
