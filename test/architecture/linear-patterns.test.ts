import { type AST, RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';
import { getFirstConsumedChar, toUnicodeSet } from 'regexp-ast-analysis';
import { analyse } from 'scslre';
import { expect, test } from 'vitest';
import { isNode, lineOf, nodesOf, type SourceFile, type SyntaxNode, sourceFiles, textOf } from './syntax.ts';

/** A regular expression that takes more than linear time on some text, with the reason. */
function slowPatterns(file: SourceFile): readonly string[] {
  return nodesOf(file).flatMap((node) => {
    const literal = literalIn(node);
    const why = literal === null ? null : whySlow(literal);
    return why === null ? [] : [`${file.file}:${lineOf(file, node)}: ${textOf(file, node)} ${why}`];
  });
}

interface Literal {
  readonly source: string;
  readonly flags: string;
}

function literalIn({ type, regex }: SyntaxNode): Literal | null {
  if (type !== 'Literal' || typeof regex !== 'object' || regex === null) return null;
  const { pattern, flags } = regex as { readonly pattern: string; readonly flags: string };
  return { source: pattern, flags };
}

function whySlow(literal: Literal): string | null {
  const [report] = analyse(literal, { maxReports: 1 }).reports;
  if (report !== undefined) return `tries ${JSON.stringify(report.character.pick)} over and over (${report.type})`;
  return scannedFromEverywhere(literal) ? 'is tried from every character of a run, and scans the run each time' : null;
}

/**
 * A search starts at every character. If the first character of a match can also be part of a repetition, and something
 * that can fail follows that repetition, then a run of such characters is scanned once per character.
 */
function scannedFromEverywhere({ source, flags }: Literal): boolean {
  if (flags.includes('y')) return false;
  const unicode = flags.includes('u');
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, { unicode, unicodeSets: false });
  const how = { ignoreCase: flags.includes('i'), unicode, dotAll: flags.includes('s'), multiline: flags.includes('m') };
  return pattern.alternatives.some((alternative) => {
    if (alternative.elements[0]?.type === 'Assertion' && alternative.elements[0].kind === 'start') return false;
    const first = getFirstConsumedChar(alternative, 'ltr', how).char;
    let isScanned = false;
    visitRegExpAST(alternative, {
      onQuantifierEnter(quantifier) {
        const { element, max } = quantifier;
        if (max !== Number.POSITIVE_INFINITY || isLast(quantifier, alternative)) return;
        const taken =
          element.type === 'Character' || element.type === 'CharacterSet' || element.type === 'CharacterClass'
            ? toUnicodeSet(element, how).chars
            : getFirstConsumedChar(element, 'ltr', how).char;
        if (!taken.isDisjointWith(first)) isScanned = true;
      },
    });
    return isScanned;
  });
}

/** Nothing after it can fail. */
function isLast(quantifier: AST.Quantifier, alternative: AST.Alternative): boolean {
  return quantifier.greedy && alternative.elements.at(-1) === quantifier;
}

const program = sourceFiles('src');

test('[fault 117] every regular expression runs in linear time on any text', () => {
  expect(program.flatMap(slowPatterns)).toEqual([]);
});

test('[fault 117] regular expressions are literals, so that they can be checked', () => {
  const made = program.flatMap((file) => (nodesOf(file).some(makesPattern) ? [file.file] : []));
  // Lists of words that contain no pattern.
  expect(made).toEqual(['operations/license-key.ts']);
});

function makesPattern({ type, callee }: SyntaxNode): boolean {
  if (type !== 'NewExpression' && type !== 'CallExpression') return false;
  return isNode(callee) && callee.type === 'Identifier' && callee.name === 'RegExp';
}

test.each([
  ['trailing zeros', '/\\.?0+$/'],
  ['trailing blanks', '/\\s+$/'],
  ['trailing blanks after a word', '/\\S+\\s*$/u'],
  ['two overlapping repetitions', '/^\\d+\\w*:/'],
  ['a nested repetition', '/^(?:a+)+$/'],
  ['two wildcards', '/^.*x.*y$/'],
  ['every third digit', '/\\B(?=(?:\\d{3})+$)/g'],
  ['a word, its rest and a sign', '/(?:token|key)\\w*\\s*=/i'],
  ['a label and a slash', '/\\b[a-z0-9][a-z0-9_-]*\\/\\S+/gu'],
  ['labels of a domain', '/\\b(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?\\.)+\\p{L}{2,24}\\b/giu'],
])('detects a planted slow pattern: %s', (_, pattern) => {
  expect(slowPatterns({ file: 'planted.ts', source: `export const planted = ${pattern};` })).toHaveLength(1);
});

test.each(['/^\\d+$/', '/\\d+/g', '/\\s*x/y', '/"[^"]*"/', '/[^\\p{L}]+/u', '/\\.\\s*$/', '/a\\w{0,40}=/'])(
  'accepts a linear pattern: %s',
  (pattern) => {
    expect(slowPatterns({ file: 'planted.ts', source: `export const planted = ${pattern};` })).toEqual([]);
  },
);
