import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseAst } from 'rolldown/parseAst';
import { expect, test } from 'vitest';
import { operations } from '../../src/operations/registry.ts';

const root = join(import.meta.dirname, '../../src');
const verbs: ReadonlySet<string> = new Set(operations.map(({ id }) => id));

/** The folders that may name an operation: its own and those of the vendors. */
const namesOperations = [/^operations\//, /^api\//, /^sandbox\//];

/** Ids that are ordinary words too: they count only where an operation's id is expected. */
const isPlainWord = (text: string) => /^[a-z]+$/.test(text);

interface Named {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [child: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** String literals in a file that name an operation. */
function namedIn(file: string, content: string): readonly Named[] {
  const found: Named[] = [];
  const textOf = (node: unknown) => (isNode(node) ? content.slice(node.start, node.end) : '');
  const visit = (node: Node, above: readonly Node[]): void => {
    const text = literalOf(node);
    if (text !== null && isForbidden(file, text, besideOf(above, textOf))) {
      found.push({ file, line: content.slice(0, node.start).split('\n').length, text });
    }
    for (const child of Object.values(node).flat()) if (isNode(child)) visit(child, [node, ...above]);
  };
  visit(parseAst(content, { lang: 'tsx' }) as unknown as Node, []);
  return found;
}

function literalOf(node: Node): string | null {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type !== 'TemplateElement') return null;
  return (node.value as { readonly cooked: string }).cooked;
}

/** The name that a literal is compared with, passed to, or assigned to. */
function besideOf(above: readonly Node[], textOf: (node: unknown) => string): string {
  for (const node of above) {
    if (node.type === 'BinaryExpression') return textOf(node);
    if (node.type === 'CallExpression') return textOf(node.callee);
    if (node.type === 'Property' || node.type === 'TSPropertySignature') return textOf(node.key);
    if (node.type === 'SwitchStatement') return textOf(node.discriminant);
    if (node.type === 'VariableDeclarator') return textOf(node.id);
  }
  return '';
}

function isForbidden(file: string, text: string, beside: string): boolean {
  if (!verbs.has(text) || namesOperations.some((place) => place.test(file))) return false;
  // `cancel` is also a filter field: beside these it is an operation.
  return !isPlainWord(text) || /verb|operation|writeRequest/i.test(beside);
}

const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)));

test('only the operations and the vendors name an operation', () => {
  const found = files.flatMap((file) => namedIn(file, readFileSync(join(root, file), 'utf8')));
  expect(found).toEqual([]);
});

test.each([
  ['an operation in a condition', 'writes/planted.ts', "export const is = (verb: string) => verb === 'cancel';"],
  ['an operation in a request', 'commands/planted.ts', "export const request = { verb: 'update', ref: '' };"],
  ['an operation in a switch', 'today/planted.ts', "switch (entry.verb) { case 'suspend': break; }"],
  ['an operation with a hyphen, anywhere', 'state/planted.ts', "export const ids = ['set-quantity'];"],
  ['an operation in a type', 'writes/planted.ts', "export interface Planted { readonly verb: 'create' | 'other'; }"],
])('detects %s', (_, file, content) => {
  expect(namedIn(file, content)).toHaveLength(1);
});

test.each([
  ['a field of the filter', 'query/planted.ts', "export const is = (field: string) => field === 'cancel';"],
  ['a mode of renewal', 'today/planted.ts', "export const is = (mode: string) => mode === 'cancel';"],
  ['an operation by itself', 'operations/planted.ts', "export const request = { verb: 'update', ref: '' };"],
])('accepts %s', (_, file, content) => {
  expect(namedIn(file, content)).toEqual([]);
});
