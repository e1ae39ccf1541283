import { describe, expect, test } from 'vitest';
import { described } from '../../docs/pages/topic.ts';
import { vendors } from '../../src/api/registry.ts';
import { vendorKindsOf } from '../../src/app/connection-setup.ts';
import { completionScript, shells } from '../../src/commands/completion-script.ts';
import { help } from '../../src/commands/help.ts';
import { commands } from '../../src/commands/table.ts';

const kinds = vendorKindsOf(vendors);
const words = commands.filter((command) => command.words !== undefined);
const ids = words.map(({ id }) => id);
const about = { ...described, commands: words };

test.each(words.map((command) => [command.id, command] as const))(
  'help %s explains the command and its flags',
  async (id, { summary, words: face }) => {
    expect(summary).not.toMatch(/[.]$/);
    const reply = await help(id.split(' '), about);
    expect(reply.kind === 'text' && reply.text).toContain(`subdeck ${id}`);
    for (const flag of face?.flags ?? []) expect(reply.kind === 'text' && reply.text).toContain(`--${flag.name}`);
  },
);

test('the overview names every command', async () => {
  const reply = await help([], about);
  for (const id of ids) expect(reply.kind === 'text' && reply.text).toContain(`  ${id} `);
});

/** What goes on below its first line is one line here. */
const linesOf = async (...asked: readonly string[]) => {
  const reply = await help(asked, about);
  return reply.kind === 'text' ? reply.text.replaceAll(/\n {34}/g, ' ').split('\n') : [];
};

test.each(kinds.map((kind) => [kind.id, kind] as const))(
  'help connection add %s lists each setting',
  async (id, { title, declarations }) => {
    for (const command of ['add', 'set']) {
      const lines = await linesOf('connection', command, id);
      for (const { name, help: meaning } of declarations) {
        expect(lines.filter((line) => line.startsWith(`  ${name} `) && line.includes(`  ${meaning}`))).toHaveLength(1);
      }
      expect((await linesOf('connection', command)).filter((line) => line.startsWith(`  ${id} `))).toEqual([
        expect.stringMatching(new RegExp(` ${title}$`)),
      ]);
    }
  },
);

test('help connection add lists the vendors for an unknown one', async () => {
  await expect(help(['connection', 'add', 'acme'], about)).rejects.toThrow('help connection add has no topic "acme".');
  await expect(help(['sync', 'acme'], about)).rejects.toThrow('There is no command "sync acme".');
});

describe.each(shells)('the completion for %s', (shell) => {
  test('contains every command and flag', () => {
    const script = completionScript(shell, words, kinds);
    for (const word of ids.flatMap((id) => id.split(' '))) expect(script).toContain(word);
    expect(script).toContain('dry-run');
  });
});

test('every write command but plan run has a write request, and no other command', () => {
  // A plan file holds many write requests, each looked up and confirmed before.
  for (const { id, words: face } of words) {
    const isRequest = face?.effect === 'vendor' && face.writeRequest !== undefined;
    expect([id, isRequest]).toEqual([id, face?.kind === 'write' && id !== 'plan run']);
  }
});

test('Ctrl-Z works wherever Ctrl-C does', () => {
  const scopesOf = (key: string) => commands.flatMap(({ keys }) => (keys?.keys.includes(key) ? keys.scopes : []));
  expect(scopesOf('ctrl+c')).toContain('plan-reason');
  expect(scopesOf('ctrl+z')).toEqual(expect.arrayContaining([...scopesOf('ctrl+c')]));
});
