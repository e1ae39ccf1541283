import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../../src/commands/table.ts';

const root = join(import.meta.dirname, '../..');
const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
const pages = [
  ...['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...docs.filter((path) => path.endsWith('.md')).map((path) => `docs/${path}`),
];
const texts = new Map(pages.map((page) => [page, readFileSync(join(root, page), 'utf8')]));

/** The names that the headings of a page have in links. */
function anchorsOf(page: string): ReadonlySet<string> {
  const headings = [...(texts.get(page) ?? '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

function withoutBlocks(text: string): string {
  return text.replace(/^ *```[\s\S]*?^ *```$/gm, '');
}

test('every link between pages leads to a file and a heading', () => {
  const broken = pages.flatMap((page) => {
    const links = [...withoutBlocks(texts.get(page) ?? '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    return links
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => {
        const [path = '', anchor] = link.split('#');
        const target = path === '' ? page : relative(root, join(root, dirname(page), path));
        if (!existsSync(join(root, target))) return true;
        return anchor !== undefined && texts.has(target) && !anchorsOf(target).has(anchor);
      })
      .map((link) => `${page}: ${link}`);
  });
  expect(broken).toEqual([]);
});

test('every command named in the guides and in the README exists', () => {
  const known = commands.flatMap(({ id, words }) => (words ? [id] : []));
  const others = ['demo', 'sandbox', 'mcp', 'help', '--'];
  const guides = pages.filter((page) => /^(README|SECURITY)\.md$|^docs\/guides\//.test(page));
  const unknown = guides.flatMap((page) =>
    [...(texts.get(page) ?? '').matchAll(/`subdeck ([^`]+)`/g)]
      .map(([, words = '']) => words)
      .filter(
        (words) =>
          ![...known, ...others].some((id) => words === id || words.startsWith(`${id} `) || words.startsWith('--')),
      )
      .map((words) => `${page}: ${words}`),
  );
  expect(unknown).toEqual([]);
});

test('every test named in the security model exists', () => {
  const named = [...(texts.get('docs/guides/security-model.md') ?? '').matchAll(/`(test\/[\w/.-]+)`/g)];
  expect(named.length).toBeGreaterThan(20);
  expect(named.map(([, path = '']) => path).filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('every dependency has a line in the README that says why it is there', () => {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, Record<string, string>>;
  const names = Object.keys({ ...own.dependencies, ...own.devDependencies }).filter(
    (name) => !name.startsWith('@types/'),
  );
  const rows = [...(texts.get('README.md') ?? '').matchAll(/^\| (`.+?) \|/gm)].map(([, cell = '']) => cell).join(' ');
  expect(names.filter((name) => !rows.includes(`\`${name}\``))).toEqual([]);
});
