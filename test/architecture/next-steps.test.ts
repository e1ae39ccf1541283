import { expect, test } from 'vitest';
import { launchModes } from '../../src/commands/launch-modes.ts';
import { commands } from '../../src/commands/table.ts';
import { paletteWords } from '../../src/model/palette-words.ts';
import { lineOf, nodesOf, type SourceFile, sourceFiles, textOf } from './syntax.ts';

/** Code whose texts nobody but the console shows. */
const ofConsole = /^(?:screens|state|commands\/keys)\//;

/** Command lines in the console's own texts, and why a key or the palette cannot do it. */
const exceptions: Readonly<Record<string, string>> = {
  'screens/open.ts: See subdeck request list.': 'printed once the console has ended',
  'screens/screen-reader/overlay-text.ts: then run subdeck subscription set-license.':
    'what is typed there can be read on the screen, a licence key must not be',
  'state/own-keys.ts: subdeck help keys lists them.':
    'doctor says it too; the console shows it as the palette takes it',
  'commands/keys/anywhere-keys.ts: then run subdeck demo --tour.': 'a console with connections has no sandbox',
};

const words = commands.flatMap(({ id, words: face }) => (face === undefined ? [] : [id.split(' ')[0] ?? '']));
const modes = launchModes.flatMap(({ words: word }) => (word === '' ? [] : [word]));
const commandLine = new RegExp(`\\bsubdeck (?:${[...new Set([...words, ...modes, 'help'])].join('|')})\\b`);

/** Texts with a command line, of a literal, a template or JSX. Comments are no texts. */
function commandLinesIn(file: SourceFile): readonly string[] {
  return nodesOf(file).flatMap((node) => {
    const isText = ['Literal', 'TemplateElement', 'JSXText'].includes(node.type);
    const text = isText ? textOf(file, node) : '';
    return commandLine.test(text) ? [`${file.file}:${lineOf(file, node)}: ${text}`] : [];
  });
}

const isException = (found: string) =>
  Object.keys(exceptions).some((each) => {
    const [file = '', text = ''] = each.split(': ');
    return found.startsWith(`${file}:`) && found.includes(text);
  });

test('the console names keys and the palette, no command lines', () => {
  const found = sourceFiles('src')
    .filter(({ file }) => ofConsole.test(file))
    .flatMap(commandLinesIn);
  expect(found.filter((each) => !isException(each))).toEqual([]);
  expect(found).toHaveLength(Object.keys(exceptions).length);
});

test('detects a command line in a string, a template and JSX, none in a comment', () => {
  const planted = (source: string) => commandLinesIn({ file: 'screens/planted.tsx', source });
  expect(planted("const a = 'Run subdeck sync';")).toHaveLength(1);
  expect(planted(`const a = \`subdeck journal show \${id}\`;`)).toHaveLength(1);
  expect(planted('const a = <b>subdeck team join URL</b>;')).toHaveLength(1);
  expect(planted("// Run subdeck sync\nconst a = 'subdeck is a program';")).toEqual([]);
});

test('only what a shell alone can run keeps its command line in the console', () => {
  const refused = commands.filter(({ words: face }) => face?.notInConsole?.includes('in the shell'));
  const shellOnly = [...modes, ...refused.map(({ id }) => id)];
  const others = commands.filter((each) => each.words !== undefined && !refused.includes(each));
  for (const each of shellOnly) expect(paletteWords(`Run subdeck ${each} X.`)).toBe(`Run subdeck ${each} X.`);
  for (const { id } of others) expect(paletteWords(`Run subdeck ${id} X.`)).toBe(`Run :${id} X.`);
});
