import { type KeyScope, keyScopes } from '../../state/key-scopes.ts';
import type { Command } from '../command.ts';
import type { Part, Topic } from './topic.ts';

/** Keys of this many places are listed once, not in each. */
const manyPlaces = 10;

/** The keys of every screen, by the names that `keys` in the settings refers to. */
export const keysTopic: Topic = {
  word: 'keys',
  title: 'Keys of the console',
  summary: "the console's keys, and how to change them",
  inManual: 'whole',
  parts({ commands }) {
    const bound = commands.filter(({ keys }) => keys !== undefined);
    const shared = bound.filter(({ keys }) => keys !== undefined && keys.scopes.length >= manyPlaces);
    const others = bound.filter((command) => !shared.includes(command));
    return [
      {
        paragraphs: [
          'The footer shows the most important keys, and `?` all keys of the screen. `keys` in `settings.json` changes them, by the names in the tables: one key, or several in a list. The console reports a mistake there at its start, `subdeck doctor` all of them. `ctrl+c` always quits.',
        ],
        example: ['{"keys": {"sort": "ctrl+s", "cursor down": ["down", "n"]}}'],
      },
      keyPart('In nearly every place', shared),
      ...(Object.keys(keyScopes) as readonly KeyScope[]).flatMap((scope) => {
        const here = others.filter(({ keys }) => keys?.scopes.includes(scope));
        return here.length === 0 ? [] : [keyPart(keyScopes[scope].title, here)];
      }),
    ];
  },
};

function keyPart(title: string, commands: readonly Command[]): Part {
  const tabs = commands.filter(({ id }) => /^tab \d$/.test(id));
  const [first, last] = [tabs[0], tabs.at(-1)];
  return {
    title,
    table: {
      heads: ['Keys', 'Name', 'What'],
      rows: commands.flatMap((command) => {
        const { id, summary } = command;
        if (first === undefined || last === undefined || !tabs.includes(command)) {
          return [[keysOf(command), `\`${id}\``, summary]];
        }
        // The keys for the tabs are one row.
        if (command !== first) return [];
        return [[`${keysOf(first)} … ${keysOf(last)}`, `\`${first.id}\` … \`${last.id}\``, 'a tab by its number']];
      }),
    },
  };
}

function keysOf({ keys }: Command): string {
  return (keys?.keys ?? []).map((key) => `\`${key}\``).join(' ') || '(none)';
}
