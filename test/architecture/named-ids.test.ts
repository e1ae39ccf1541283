import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseAst } from 'rolldown/parseAst';
import { expect, test } from 'vitest';
import { vendors as registered } from '../../src/api/registry.ts';
import { operations } from '../../src/operations/registry.ts';

const root = join(import.meta.dirname, '../../src');
const verbs: ReadonlySet<string> = new Set(operations.map(({ id }) => id));
const vendors: ReadonlySet<string> = new Set(registered.keys());

/** Where an operation may be named: by itself, by a vendor, and by those who read the files of older versions. */
const namesOperations = [/^operations\//, /^api\//, /^sandbox\//];
/** Where a vendor may be named: in its own folder, and in the registries. */
const namesVendors = [/^api\//, /^sandbox\//];

/** Ids that are plain words too: only where they stand for an operation's id are they one. */
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

/** String literals of a file that name an operation or a vendor. */
function namedIn(file: string, content: string): readonly Named[] {
  const found: Named[] = [];
  const textOf = (node: unknown) => (isNode(node) ? content.slice(node.start, node.end) : '');
  const visit = (node: Node, above: readonly Node[]): void => {
    const text = literalOf(node);
    if (text !== null && isForbidden(file, text, besideOf(above, textOf))) {
      found.push({ file, line: content.slice(0, node.start).split('\n').length, text });
    }
    const name = nameOf(node);
    if (name !== null && vendors.has(name) && !namesVendors.some((place) => place.test(file))) {
      found.push({ file, line: content.slice(0, node.start).split('\n').length, text: name });
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

/** The name of a property that is read, or given a value. */
function nameOf(node: Node): string | null {
  const name = node.type === 'MemberExpression' ? node.property : node.type === 'Property' ? node.key : null;
  return isNode(name) && name.type === 'Identifier' && typeof name.name === 'string' ? name.name : null;
}

/** What a literal is held against, given to, or is the value of. */
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
  if (vendors.has(text) && !namesVendors.some((place) => place.test(file))) return true;
  if (!verbs.has(text) || namesOperations.some((place) => place.test(file))) return false;
  // `cancel` is a field of the filter too: it is an operation beside these.
  return !isPlainWord(text) || /verb|operation|wish|writeRequest/i.test(beside);
}

const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)));

test('no code but the operations and the vendors names one of them', () => {
  const found = files.flatMap((file) => namedIn(file, readFileSync(join(root, file), 'utf8')));
  expect(found).toEqual([]);
});

test.each([
  ['an operation in a condition', 'writes/planted.ts', "export const is = (verb: string) => verb === 'cancel';"],
  ['an operation in a request', 'commands/planted.ts', "export const request = { verb: 'update', ref: '' };"],
  ['an operation in a switch', 'today/planted.ts', "switch (entry.verb) { case 'suspend': break; }"],
  ['an operation with a hyphen, anywhere', 'state/planted.ts', "export const ids = ['set-quantity'];"],
  ['an operation in a type', 'writes/planted.ts', "export interface Planted { readonly verb: 'create' | 'other'; }"],
  ['a vendor in a condition', 'screens/planted.tsx', "export const is = (vendor: string) => vendor === 'vmware';"],
  ['a vendor as a key', 'today/planted.ts', "export const rules = { 'lineworks': 1 };"],
  ['a vendor as a name', 'state/planted.ts', 'export const rules = { vmware: 1 };'],
  ['a vendor as a property', 'app/planted.ts', 'export const rules = vendors.interworks;'],
  ['a vendor in a template', 'commands/planted.ts', 'export const id = `cloudmore`;'],
])('%s is found', (_, file, content) => {
  expect(namedIn(file, content)).toHaveLength(1);
});

test.each([
  ['a field of the filter', 'query/planted.ts', "export const is = (field: string) => field === 'cancel';"],
  ['a mode of renewal', 'today/planted.ts', "export const is = (mode: string) => mode === 'cancel';"],
  ['an operation by itself', 'operations/planted.ts', "export const request = { verb: 'update', ref: '' };"],
  ['a vendor in its folder', 'api/vmware/planted.ts', "export const id = 'vmware';"],
])('%s is not', (_, file, content) => {
  expect(namedIn(file, content)).toEqual([]);
});
