import { readFileSync } from 'node:fs';
import * as v from 'valibot';

/** When a connection's secrets were last put into the keychain: what tells a lost entry from one that never was. */
export interface KeychainNotes {
  storedAt(connection: string): string | null;
  remember(connection: string, at: string | null): void;
}

const shape = v.record(v.string(), v.object({ storedAt: v.string() }));

/** Kept in a small JSON file. One that cannot be read counts as empty: nothing is decided by it but a sentence. */
export function keychainNotes(
  path: string,
  change: (path: string, how: (content: string | null) => string) => void,
): KeychainNotes {
  const notesIn = (text: string | null): v.InferOutput<typeof shape> => {
    try {
      return v.parse(shape, JSON.parse(text ?? '{}'));
    } catch {
      return {};
    }
  };
  const read = () => {
    try {
      return notesIn(readFileSync(path, 'utf8'));
    } catch {
      return {};
    }
  };
  return {
    storedAt: (connection) => read()[connection]?.storedAt ?? null,
    remember: (connection, at) => {
      change(path, (text) => {
        const { [connection]: _old, ...others } = notesIn(text);
        return `${JSON.stringify(at === null ? others : { ...others, [connection]: { storedAt: at } })}\n`;
      });
    },
  };
}
