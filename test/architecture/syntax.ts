import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

const root = join(import.meta.dirname, '../..');

/** A node of a syntax tree, typed loosely enough for a search over all kinds. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export interface SourceFile {
  /** Relative to the requested folder. */
  readonly file: string;
  readonly source: string;
}

/** The TypeScript files under a folder of the checkout. */
export function sourceFiles(folder: string, pattern = /\.tsx?$/): readonly SourceFile[] {
  const base = join(root, folder);
  return readdirSync(base, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile() || !pattern.test(entry.name)) return [];
    const path = join(entry.parentPath, entry.name);
    return [{ file: relative(base, path), source: readFileSync(path, 'utf8') }];
  });
}

const parsed = new WeakMap<SourceFile, readonly SyntaxNode[]>();

/** Every node of a file, parents first. */
export function nodesOf(file: SourceFile): readonly SyntaxNode[] {
  const nodes = parsed.get(file) ?? parse(file);
  parsed.set(file, nodes);
  return nodes;
}

function parse({ file, source }: SourceFile): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each);
    if (!isNode(value)) return;
    found.push(value);
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(parseAst(source, { lang: file.endsWith('x') ? 'tsx' : 'ts' }));
  return found;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

export function textOf({ source }: SourceFile, { start, end }: SyntaxNode): string {
  return source.slice(start, end);
}

export function lineOf({ source }: SourceFile, { start }: SyntaxNode): number {
  return source.slice(0, start).split('\n').length;
}
