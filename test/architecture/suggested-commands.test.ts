import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { fileWord, shellWord, shellWords } from '../../src/model/shell-word.ts';
import { isNode, lineOf, nodesOf, type SourceFile, type SyntaxNode, sourceFiles, textOf } from './syntax.ts';

/** Files whose commands contain only the program's own words, with the reason. */
const ownWords: Readonly<Record<string, string>> = {
  'cli/parse.ts': 'ids of commands',
  'commands/help.ts': 'ids and examples of commands',
  'commands/filter-and-sort.ts': 'ids of commands',
  'today/today-words.ts': 'filters',
  'team/schema/rights.ts': 'SQL',
  'team/schema/script.ts': 'SQL',
  'commands/keys/effects/palette.ts': 'what was typed, shown while it runs',
};

const quoting = /^(?:shellWord|shellWords|fileWord)\(/;

/** Values that a template literal puts into a command without quotes. */
function unquoted(file: SourceFile): readonly string[] {
  return nodesOf(file).flatMap((node) => {
    if (node.type !== 'TemplateLiteral' || !Array.isArray(node.quasis) || !Array.isArray(node.expressions)) return [];
    const parts = node.quasis.filter(isNode);
    const values = node.expressions.filter(isNode);
    return values
      .filter((value, index) => isInCommand(textBefore(parts, index)) && !quoting.test(textOf(file, value)))
      .map((value) => `${file.file}:${lineOf(file, value)}: ${textOf(file, value)}`);
  });
}

function textBefore(parts: readonly SyntaxNode[], index: number): string {
  const cooked = parts.slice(0, index + 1).map(({ value }) => (value as { readonly cooked: string }).cooked);
  return cooked.join('X');
}

/** After `subdeck`, up to the end of the command. */
function isInCommand(before: string): boolean {
  const command = /\bsubdeck (?!.*\bsubdeck )(.*)$/s.exec(before)?.[1];
  return command !== undefined && !/[.;:,)] |[`'"\n]|[a-z]+s (?:it|what|its|them|everything) /.test(command);
}

const program = sourceFiles('src').filter(({ file }) => !file.startsWith('sandbox/') && !(file in ownWords));

test('[fault 138] a suggested command quotes its values', () => {
  expect(program.flatMap(unquoted)).toEqual([]);
});

test('[fault 138] detects an unquoted value and ignores the sentence after it', () => {
  const planted = (source: string) => unquoted({ file: 'planted.ts', source: `export const a = \`${source}\`;` });
  const value = (name: string) => `\${${name}}`;
  expect(planted(`Run subdeck sync ${value('name')}, then ${value('rest')}.`)).toHaveLength(1);
  expect(planted(`See subdeck ${value('id')} --help`)).toHaveLength(1);
  expect(planted(`Look: subdeck plan show ${value('shellWord(x)')} ${value('y')}`)).toHaveLength(1);
  expect(planted(`subdeck journal show ${value('shellWord(id)')} shows it. Not ${value('this')}.`)).toEqual([]);
});

test('[fault 138] a shell parses each quoted word back unchanged', () => {
  const words = ['a b', "it's", '"', '$HOME', '`id`', '\\', '!', '~', '=ls', 'a=b', '', 'ü', ';', 'nordic/sub-1'];
  const echoed = execFileSync('sh', ['-c', `printf '%s\\n' ${words.map(shellWord).join(' ')}`], { encoding: 'utf8' });
  expect(echoed.split('\n').slice(0, -1)).toEqual(words);
  expect(shellWord('nordic/sub-1')).toBe('nordic/sub-1');
  expect(shellWords('subscription show')).toBe('subscription show');
  expect(fileWord('-x.plan')).toBe('./-x.plan');
  expect(fileWord('my plan')).toBe("'my plan'");
});
