import { existsSync } from 'node:fs';
import path from 'node:path';
import { read, tracked, write } from './lib.mjs';

/** Rules of the linter that name folders. `to`: one folder or several. */
function biomeFolder(root, from, to) {
  const f = 'biome.json';
  const j = JSON.parse(read(root, f));
  const list = [to].flat();
  const words = list.length > 1 ? `${list.slice(0, -1).join(', ')} or ${list.at(-1)}` : list[0];
  const word = new RegExp(`(?<![\\w/.-])${from}(?![\\w/-]|\\.\\w)`, 'g');
  const say = (s) => s.replace(word, words);
  for (const o of j.overrides ?? []) {
    o.includes = o.includes?.flatMap((g) => (g.startsWith(`src/${from}/`) ? list.map((t) => g.replace(`src/${from}/`, `src/${t}/`)) : [g]));
    const r = o.linter?.rules?.style?.noRestrictedImports?.options;
    if (!r) continue;
    for (const [k, v] of Object.entries(r.paths ?? {})) if (typeof v === 'string') r.paths[k] = say(v);
    for (const p of r.patterns ?? []) {
      p.group = p.group.flatMap((g) => (g.includes(`/${from}/`) ? list.map((t) => g.replace(`/${from}/`, `/${t}/`)) : [g]));
      p.message = say(p.message);
    }
  }
  write(root, f, JSON.stringify(j, null, 2));
}
function biomeText(root, pairs) {
  let s = read(root, 'biome.json');
  for (const [a, b] of pairs) s = s.split(a).join(b);
  write(root, 'biome.json', s);
}
function inFile(root, f, pairs) {
  if (!existsSync(path.join(root, f))) return;
  let s = read(root, f);
  for (const [a, b] of pairs) s = a instanceof RegExp ? s.replace(a, b) : s.split(a).join(b);
  write(root, f, s);
}
const walls = (root, pairs) => inFile(root, 'test/house/walls.test.ts', pairs);
/** The lists of test/house/sinks.test.ts stand in the order in which files are found. */
function sortSinks(root) {
  for (const f of ['test/house/sinks.test.ts', 'test/architecture/sinks.test.ts']) {
    if (!existsSync(path.join(root, f))) continue;
    let s = read(root, f);
    s = s.replace(/(const writers[^{]*\{\n)([\s\S]*?)(\n\};)/, (_, a, body, c) => a + body.split('\n').sort((x, y) => (x.trim() < y.trim() ? -1 : 1)).join('\n') + c);
    s = s.replace(/(\.sort\(\)\)\.toEqual\(\[\n)([\s\S]*?)(\n\s*\]\))/g, (_, a, body, c) => a + body.split('\n').sort((x, y) => (x.trim() < y.trim() ? -1 : 1)).join('\n') + c);
    write(root, f, s);
  }
}

export const hooks = {
  0: (root) => {
    biomeFolder(root, 'cache', ['store', 'query', 'sync']);
    biomeText(root, [
      ['"!**/store/book.ts"', '"!**/query/cache-reader.ts"'], ['"!**/query/book.ts"', '"!**/store/changes.ts"'], ['"!**/sync/book.ts"', '"!**/store/connections-table.ts"'],
      ['the store, query or sync only by its book, cache/book.ts', 'the cache only by its reader, query/cache-reader.ts, and the types of changes and connections'],
    ]);
    walls(root, [["'src/cache/planted.ts', '../api/http.ts'", "'src/store/planted.ts', '../api/registry.ts'"], ["'src/cache/", "'src/store/"], ['/cache/open.ts', '/query/open-cache.ts'], ['/cache/book.ts', '/query/cache-reader.ts']]);
    for (const f of ['test/house/sinks.test.ts']) inFile(root, f, [['cache\\/levels\\.ts', 'query\\/level-windows\\.ts']]);
    inFile(root, 'build.js', [["'keeper-worker':", "'page-writer-worker':"]]);
    inFile(root, 'src/world/keeper-thread.ts', [['./keeper-worker.js', './page-writer-worker.js']]);
  },
  1: (root) => { biomeFolder(root, 'wishes', 'writes'); walls(root, [["'src/wishes/", "'src/writes/"], ['../wishes/', '../writes/']]); },
  2: (root) => { biomeFolder(root, 'triage', 'today'); walls(root, [["'src/triage/", "'src/today/"], ['../triage/', '../today/']]); },
  3: (root) => {
    biomeText(root, [['"**/world.ts", "**/main.ts", "**/front.ts"', '"**/app/**", "**/main.ts"'], ['"**/world.ts"', '"**/app/**"'], ['"**/front.ts"', '"**/app/run.ts"'], ['Nobody imports the world.', 'Nobody imports app or main.ts.']]);
    walls(root, [['../world.ts', '../app/open-app.ts']]);
  },
  6: (root) => {
    biomeText(root, [['!**/api/vendor.ts', '!**/api/contract.ts'], ['by its trait, api/vendor.ts', 'by its contract, api/contract.ts']]);
    walls(root, [['/api/vendor.ts', '/api/contract.ts'], ['/api/http.ts', '/api/registry.ts'], ['../api/write-client.ts', '../api/http/write-client.ts']]);
  },
  every: sortSinks,
};

/** Words of documents that are not generated. */
export function documents(root) {
  inFile(root, 'README.md', [
    [/Four floors and two doors\.[\s\S]*?(?=\n\n)/, "`src/main.ts` picks a mode (console, command line, sandbox) and `src/app` opens what it needs. `src/api` speaks to vendors,\n`src/store` keeps rows in SQLite, `src/query` answers windows of a million of them from memory, and `src/sync` fills the store.\nA change goes through `src/writes` (plan, confirmation, sending, following) and `src/journal`. The console (`src/state`,\n`src/screens`) and the command line (`src/cli`) share one table of commands (`src/commands`). Who may import whom is a lint\nrule, and a test (`test/architecture`) plants what must be refused."],
  ]);
  for (const f of tracked(root).filter((x) => /^docs\/.*\.md$|^CONTRIBUTING\.md$/.test(x) && !/^docs\/(commands|vendors|faults)\.md$/.test(x))) {
    inFile(root, f, [
      [/\bBoth doors\b/g, 'The console and the command line'], [/\bboth doors\b/g, 'the console and the command line'], [/\bdoors\b/g, 'modes'], [/\bdoor\b/g, 'mode'],
      [/\bwish → plan\b/g, 'write request → plan'], [/\bWishes\b/g, 'Writes'], [/\bwishes\b/g, 'write requests'], [/\ba wish\b/g, 'a write request'], [/\bwish\b/g, 'write request'],
      [/\bwhole book\b/g, 'whole dataset'], [/\bbooks\b/g, 'caches'], [/\bbook\b/g, 'cache'], [/\bkeeper\b/g, 'page writer'], [/\bnouns\b/g, 'rows'], [/\bnoun\b/g, 'row'],
      [/\btriage\b/g, 'today'], [/\bfloors\b/g, 'layers'], [/\bfloor\b/g, 'layer'], [/\bweather\b/g, 'vendor health'], [/`passState`/g, '`resumeStateOf`'], [/`onDoubt`/g, '`onIncomplete`'],
    ]);
  }
  inFile(root, 'README.md', [['splits the two doors into chunks', 'splits the modes into chunks']]);
  inFile(root, 'bench/run.ts', [['a book of', 'a cache of']]);
  inFile(root, 'bench/fill-cache.ts', [['bench/book.ts', 'bench/fill-cache.ts']]);
  inFile(root, 'README.md', [['The weather of the vendors, and every call', 'The health of the vendors, and every call'], ['npm run bench:book', 'npm run bench:cache']]);
  inFile(root, 'package.json', [['"bench:book"', '"bench:cache"'], ['bench/book.ts', 'bench/fill-cache.ts']]);
}
