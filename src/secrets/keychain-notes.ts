import { readFileSync } from 'node:fs';
import * as v from 'valibot';

/** When a connection's secrets were last put into the keychain: what tells a lost entry from one that never was. */
export interface KeychainNotes {
  storedAt(connection: string): string | null;
  remember(connection: string, at: string | null): void;
}

const shape = v.record(v.string(), v.object({ storedAt: v.string() }));

/** Kept in a small JSON file. One that cannot be read counts as empty: nothing is decided by it but a sentence. */
export function keychainNotes(path: string, replaceFile: (path: string, content: string) => void): KeychainNotes {
  const read = (): v.InferOutput<typeof shape> => {
    try {
      return v.parse(shape, JSON.parse(readFileSync(path, 'utf8')));
    } catch {
      return {};
    }
  };
  return {
    storedAt: (connection) => read()[connection]?.storedAt ?? null,
    remember: (connection, at) => {
      const { [connection]: _old, ...others } = read();
      replaceFile(path, `${JSON.stringify(at === null ? others : { ...others, [connection]: { storedAt: at } })}\n`);
    },
  };
}
