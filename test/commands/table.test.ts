import { describe, expect, test } from 'vitest';
import { completionScript, shells } from '../../src/commands/completion-script.ts';
import { commands } from '../../src/commands/table.ts';
import { help } from '../../src/commands/words/help.ts';

const words = commands.filter((command) => command.words !== undefined);
const ids = words.map(({ id }) => id);

test.each(words.map((command) => [command.id, command] as const))(
  '%s explains itself',
  (id, { summary, words: face }) => {
    expect(summary).not.toMatch(/[.]$/);
    const reply = help(id.split(' '), words);
    expect(reply.kind === 'text' && reply.text).toContain(`subdeck ${id}`);
    for (const flag of face?.flags ?? []) expect(reply.kind === 'text' && reply.text).toContain(`--${flag.name}`);
  },
);

test('the overview names every command', () => {
  const reply = help([], words);
  for (const id of ids) expect(reply.kind === 'text' && reply.text).toContain(`  ${id} `);
});

describe.each(shells)('the completion for %s', (shell) => {
  test('knows every word and flag', () => {
    const script = completionScript(shell, words);
    for (const word of ids.flatMap((id) => id.split(' '))) expect(script).toContain(word);
    expect(script).toContain('dry-run');
  });
});

test('each write has a write request, and nothing else has', () => {
  // A plan file holds many write requests, each looked up and confirmed before.
  for (const { id, words: face } of words) {
    expect([id, face?.writeRequest !== undefined]).toEqual([id, face?.kind === 'write' && id !== 'plan run']);
  }
});
