import { expect, test } from 'vitest';
import { isNode, nodesOf, type SourceFile, type SyntaxNode, sourceFiles, textOf } from './syntax.ts';

/** The sandbox acts as a vendor: it has to send hostile text where a vendor could. */
const program = sourceFiles('src').filter(({ file }) => !file.startsWith('sandbox/'));

interface Found {
  readonly file: SourceFile;
  readonly node: SyntaxNode;
}

type Search = (node: SyntaxNode) => boolean;

function found(isWanted: Search, files: readonly SourceFile[] = program): readonly Found[] {
  return files.flatMap((file) => nodesOf(file).flatMap((node) => (isWanted(node) ? [{ file, node }] : [])));
}

const filesOf = (all: readonly Found[]) => [...new Set(all.map(({ file }) => file.file))].sort();
const shown = ({ file, node }: Found) => `${file.file}: ${textOf(file, node)}`;

/** `write` of `a.b.write(…)` and of `write(…)`, and the object before it. */
function called(node: SyntaxNode): { readonly name: string; readonly of: string } | null {
  if (node.type !== 'CallExpression' || !isNode(node.callee)) return null;
  return referred(node.callee);
}

function referred(node: SyntaxNode): { readonly name: string; readonly of: string } | null {
  if (node.type === 'Identifier') return { name: String(node.name), of: '' };
  if (node.type !== 'MemberExpression' || !isNode(node.property) || !isNode(node.object)) return null;
  return { name: String(node.property.name), of: referred(node.object)?.name ?? '' };
}

function argumentsOf(node: SyntaxNode): readonly SyntaxNode[] {
  return Array.isArray(node.arguments) ? node.arguments.filter(isNode) : [];
}

/** A planted file that replaces one of the program. */
const planted = (...lines: readonly string[]): readonly SourceFile[] => [
  { file: 'planted.tsx', source: lines.join('\n') },
];

/** Files that write to the terminal, and why no unsanitised vendor text gets there. */
const writers: Readonly<Record<string, string>> = {
  'app/modes/assistant.ts': 'lines of its own, and errors of which every character can be seen',
  'app/modes/console.ts': 'words of its own',
  'app/run-program.ts': 'a fault line',
  'app/run.ts': 'an empty text, which waits for what was written before it',
  'cli/streams.ts': 'what render and faultLine made, and the ready line of the sandbox',
  'screens/open.ts': 'bytes of its own, and a count',
  'screens/screen-reader/open-reader.ts': 'lines of which every character can be seen, and sequences of its own',
  'screens/terminal/takeover.ts': 'modes of the terminal',
  'screens/terminal/terminal-screen.ts': "Ink's frames, made of lines that were fitted",
  'secrets/keychain-child.ts': 'an answer to its parent alone',
};

const writesToTerminal: Search = (node) => {
  const call = called(node);
  if (call === null) return false;
  if (call.of === 'console') return ['log', 'error', 'warn', 'info', 'debug'].includes(call.name);
  if (call.name === 'writeSync') return [1, 2].includes(Number(argumentsOf(node)[0]?.value));
  return call.name === 'write' && ['stdout', 'stderr'].includes(call.of);
};

test('[fault 31] only these files write to the terminal', () => {
  expect(filesOf(found(writesToTerminal))).toEqual(Object.keys(writers));
});

const givesToStreams: Search = (node) => {
  const call = called(node);
  return call?.of === 'streams' && ['err', 'out', 'page'].includes(call.name);
};

/** Functions whose results contain nothing that steers a terminal. */
const makers = ['printable', 'faultLine'];
/** Output of `render` in chunks, the version, and the program's own text about interrupts. */
const ours = ['piece', 'waiting', 'version'];

/** Whether every part of a text is a literal or was made by one of `makers`. */
function isMade(node: SyntaxNode, isAllowed: (name: string) => boolean): boolean {
  switch (node.type) {
    case 'Literal':
      return true;
    case 'Identifier':
      return ours.includes(String(node.name));
    case 'TemplateLiteral':
      return Array.isArray(node.expressions) && node.expressions.every((part) => isMade(part, isAllowed));
    case 'BinaryExpression':
      return [node.left, node.right].every((part) => isNode(part) && isMade(part, isAllowed));
    case 'ConditionalExpression':
      return [node.consequent, node.alternate].every((part) => isNode(part) && isMade(part, isAllowed));
    case 'CallExpression': {
      const { name = '' } = called(node) ?? {};
      if (isAllowed(name)) return true;
      // Each part of a list separately: `parts.map(printable).join(' ')`.
      const callee = isNode(node.callee) && isNode(node.callee.object) ? node.callee.object : null;
      if (name === 'join' && callee !== null) return isMade(callee, isAllowed);
      return (
        name === 'map' && argumentsOf(node).every((each) => each.type === 'Identifier' && isAllowed(`${each.name}`))
      );
    }
    default:
      return false;
  }
}

/** Calls of `streams` in a file, except those of `listenForInterrupts`, which print the program's own text. */
function unsafeArguments(files: readonly SourceFile[]): readonly string[] {
  const notices = found((node) => called(node)?.name === 'listenForInterrupts', files);
  const isNotice = ({ file, node }: Found) =>
    notices.some((other) => other.file === file && other.node.start < node.start && node.end < other.node.end);
  return found(givesToStreams, files)
    .filter((call) => !isNotice(call))
    .filter(({ node }) => !argumentsOf(node).every((given) => isMade(given, (name) => makers.includes(name))))
    .map(shown);
}

test('[fault 31] the command line writes only the output of printable, render or faultLine', () => {
  expect(unsafeArguments(program)).toEqual([]);
  expect(found(givesToStreams).length).toBeGreaterThan(10);
});

/** Each of these fits text into cells with visible characters only. */
const isFitter = (name: string) => /^(?:paint|spread|visible|fitTo|clip|painted|\w*Line)$/.test(name);

const isLine: Search = (node) => node.type === 'JSXOpeningElement' && isNode(node.name) && node.name.name === 'Line';

function unfittedLines(files: readonly SourceFile[]): readonly string[] {
  return found(isLine, files)
    .filter(({ node }) => {
      const attributes = Array.isArray(node.attributes) ? node.attributes.filter(isNode) : [];
      const text = attributes.find(({ name }) => isNode(name) && name.name === 'text')?.value;
      const value = isNode(text) && text.type === 'JSXExpressionContainer' ? text.expression : text;
      return !isNode(value) || !isMade(value, isFitter);
    })
    .map(shown);
}

test('[fault 31] a line of the screen is fitted text only', () => {
  expect(unfittedLines(program)).toEqual([]);
  expect(found(isLine).length).toBeGreaterThan(8);
  const texts = found((node) => node.type === 'JSXOpeningElement' && isNode(node.name) && node.name.name === 'Text');
  expect(filesOf(texts)).toEqual(['screens/frame.tsx', 'screens/overlays/overlay-box.tsx', 'screens/table/table.tsx']);
});

function safeTextCasts(files: readonly SourceFile[]): readonly Found[] {
  const cast = found((node) => node.type === 'TSAsExpression' || node.type === 'TSTypeAssertion', files);
  return cast.filter(
    ({ file, node }) => isNode(node.typeAnnotation) && /\bSafeText\b/.test(textOf(file, node.typeAnnotation)),
  );
}

test('[fault 31] only the sanitiser creates SafeText', () => {
  // The cache returns the safe text it was given.
  expect(filesOf(safeTextCasts(program))).toEqual(['api/text.ts', 'query/level-windows.ts']);
});

test('[fault 31] detects planted calls that span several lines', () => {
  expect(
    filesOf(found(writesToTerminal, planted('process', '  .stdout', '  .write(', '    name,', '  );'))),
  ).toHaveLength(1);
  const given = planted('streams.err(', '  printable(name) +', '    other,', ');', 'streams.out(row.name);');
  expect(unsafeArguments(given)).toHaveLength(2);
  const lines = planted(
    '<Line',
    '  key={key}',
    '  text={',
    '    row.name',
    '  }',
    '/>;',
    '<Line',
    '  text={visible(a) + b}',
    '/>;',
  );
  expect(unfittedLines(lines)).toHaveLength(2);
  expect(safeTextCasts(planted('const name = raw as', '  unknown as', '  SafeText;'))).toHaveLength(1);
});
