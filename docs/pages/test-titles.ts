import { parseAst } from 'rolldown/parseAst';

export interface Titled {
  readonly titles: readonly string[];
  readonly line: number;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [child: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Every test and suite in a source: the titles of the suites around it, then its own. */
export function titlesIn(source: string, file: string): readonly Titled[] {
  const found: Titled[] = [];
  const visit = (value: unknown, above: readonly string[]): void => {
    if (Array.isArray(value)) for (const each of value) visit(each, above);
    if (!isNode(value)) return;
    const title = titleOf(value);
    const titles = title === null ? above : [...above, title];
    if (title !== null) found.push({ titles, line: source.slice(0, value.start).split('\n').length });
    for (const child of Object.values(value)) visit(child, titles);
  };
  visit(parseAst(source, { lang: file.endsWith('x') ? 'tsx' : 'ts' }), []);
  return found;
}

function titleOf(node: Node): string | null {
  if (node.type !== 'CallExpression' || !Array.isArray(node.arguments)) return null;
  if (!['describe', 'it', 'test'].includes(calledName(node.callee))) return null;
  const [first]: unknown[] = node.arguments;
  if (!isNode(first)) return null;
  if (first.type === 'Literal' && typeof first.value === 'string') return first.value;
  return first.type === 'TemplateLiteral' && Array.isArray(first.quasis)
    ? first.quasis.map(({ value }) => value.cooked).join('…')
    : null;
}

/** `test` of `test.each(rows)`, too. */
function calledName(callee: unknown): string {
  if (!isNode(callee)) return '';
  if (callee.type === 'Identifier') return String(callee.name);
  return calledName(callee.type === 'MemberExpression' ? callee.object : callee.callee);
}
