/** How src/ becomes a bundle: one entry for the command, one for each worker or child it starts, and a chunk for each mode. */
import { isBuiltin } from 'node:module';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Frames are composed of lines, not of cells: docs/decisions/0005-frames-are-made-of-lines.md. */
const framesOfLines = {
  name: 'frames-of-lines',
  resolveId(source, importer = '') {
    const isInk = /[\\/]node_modules[\\/](?:ink|widest-line)[\\/]/.test(importer);
    if (isInk && source === './output.js') return join(root, 'src/screens/ink/frame-lines.ts');
    if (isInk && source === './line-update.js') return join(root, 'src/screens/ink/line-update.ts');
    if (isInk && source === 'string-width') return join(root, 'src/screens/ink/cell-width.ts');
    return null;
  },
};

/** Ink keeps thousands of the texts it drew, boxes of many lines among them; a frame asks for those of the last few frames. */
const fewTextsKept = {
  name: 'few-texts-kept',
  transform(code, id) {
    if (!/[\\/]ink[\\/]build[\\/](?:measure|wrap)-text\.js$/.test(id)) return null;
    if (!code.includes('maxSize: 4096')) throw new Error('ink keeps texts in another way');
    return code.replace('maxSize: 4096', 'maxSize: 128');
  },
};

/** Ink takes each text apart, twice a frame, for sequences that a terminal should not get: a text that has only styles has none. */
const stylesAsTheyAre = {
  name: 'styles-as-they-are',
  transform(code, id) {
    if (!/[\\/]ink[\\/]build[\\/]sanitize-ansi\.js$/.test(id)) return null;
    const begin = 'const sanitizeAnsi = (text) => {';
    if (!code.includes(begin)) throw new Error('ink cleans texts in another way');
    const onlyStyles = String.raw`/^(?:\P{Control}|\u{1b}\[[\d;]*m(?!\p{Mark}))*$/u`;
    return code.replace(
      begin,
      `const onlyStyles = ${onlyStyles};\n${begin}\n    if (onlyStyles.test(text)) return text;`,
    );
  },
};

/** With one other character in it, all of a file's text would be held in two bytes each, for as long as the program runs. */
const onlyAscii = {
  name: 'only-ascii',
  renderChunk(code, { name }) {
    // Where an escape would be taken for something else.
    const isRaw = /String\.raw`[^`]*[^\0-\x7f]/.test(code) || /(?<!\\)\\[^\0-\x7f]/.test(code);
    if (isRaw) throw new Error(`${name} has other characters where none can be written as an escape`);
    return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  },
};

/** What makes an Intl object, by the method that its users call. */
const intlMethods = { Segmenter: 'segment', NumberFormat: 'format', ListFormat: 'format' };

/** The first Intl object of a kind costs a start several milliseconds, and most runs use none: each is made at its first use. */
const intlAtFirstUse = {
  name: 'intl-at-first-use',
  transform: {
    filter: { code: /^const \w+ = new Intl\./m },
    handler: (source) =>
      source.replace(
        /^const (\w+) = new Intl\.(\w+)\(([^;]*)\);$/gm,
        (_, name, kind, options) =>
          `let ${name}Made;\nconst ${name} = { ${intlMethods[kind]}: (value) => (${name}Made ??= new Intl.${kind}(${options})).${intlMethods[kind]}(value) };`,
      ),
  },
};

/** An emoji by itself, or what makes one of a sequence. */
const emojiMark = /[\p{Emoji_Presentation}\p{Regional_Indicator}]|\ufe0f|\u200d|\u20e3/u;

/**
 * Every sequence of emoji in one expression costs more than a frame: it is made at its first use, and only what has one of
 * their marks is tested with it.
 */
const emojiAtFirstUse = {
  name: 'emoji-at-first-use',
  transform: {
    filter: { code: 'RGI_Emoji' },
    handler: (source) =>
      source.replace(
        /^const (\w+) = \/(\^\\p\{RGI_Emoji\}\$)\/v;$/m,
        (_, name, pattern) =>
          `let ${name}Made;\nconst ${name} = { test: (text) => ${emojiMark}.test(text) && (${name}Made ??= new RegExp(${JSON.stringify(pattern)}, "v")).test(text) };`,
      ),
  },
};

/** WebAssembly's memory section: one memory of 256 pages of 64 KB, and no more than 32,768. */
const sixteenMegabytes = Buffer.from([5, 7, 1, 1, 0x80, 0x02, 0x80, 0x80, 0x02]);
const oneMegabyte = Buffer.from([5, 7, 1, 1, 0x90, 0x00, 0x80, 0x80, 0x02]);

/** The engine's memory grows by itself. V8 counts all of it, used or not, and would look for garbage during the start. */
function beginSmall(base64) {
  const bytes = Buffer.from(base64, 'base64');
  const at = bytes.indexOf(sixteenMegabytes);
  if (at < 0) throw new Error('yoga-layout takes its memory in another way');
  oneMegabyte.copy(bytes, at);
  return bytes.toString('base64');
}

/**
 * Ink's layout engine is WebAssembly in a data: URL, which it would fetch, and for that Node would load everything that
 * fetches from the network. Here it takes its bytes from where they are at hand.
 */
const layoutAtHand = {
  name: 'layout-at-hand',
  transform(code, id) {
    if (!id.endsWith('yoga-wasm-base64-esm.js')) return null;
    const [, bytes] = /"data:application\/octet-stream;base64,([A-Za-z0-9+/=]+)"/.exec(code) ?? [];
    const asked = 'h.wasmBinary&&(w=h.wasmBinary)';
    if (bytes === undefined || !code.includes(asked)) throw new Error('yoga-layout is built in another way');
    return code.replace(bytes, '').replace(asked, `w=Buffer.from("${beginSmall(bytes)}","base64")`);
  },
};

/**
 * Whoever imports a part of Node as a module gets each of its exports read, those among them that Node only loads when they
 * are read: with http all that fetches from the network, as long as everything else that a command needs. Here a part is
 * taken as it is, and of its exports those that somebody names.
 */
const builtinsAsNamed = {
  name: 'builtins-as-named',
  resolveId(source, _, { kind }) {
    if (!isBuiltin(source) || kind !== 'import-statement') return null;
    return `\0node:${source.replace(/^node:/, '')}`;
  },
  load(id) {
    if (!id.startsWith('\0node:')) return null;
    const name = id.slice(1);
    const names = Object.keys(process.getBuiltinModule(name)).filter((key) => /^[A-Za-z]\w*$/.test(key));
    return [
      `const $node = process.getBuiltinModule('${name}');`,
      'const $named = (name) => $node[name];',
      'export default $node;',
      ...names.map((key) => `export const ${key} = /* @__PURE__ */ $named('${key}');`),
    ].join('\n');
  },
};

/**
 * What got would load to speak HTTP/2, to cache answers and addresses and to decompress, which it is never asked to
 * (src/api/http/transport.ts); and what it loads of Node to speak TLS, which plain http needs nothing of.
 */
const otherwise = {
  './utils/http2-client.js': 'export default {};',
  './utils/decompress-response.js': 'export default (response) => response;',
  './utils/dns-cache.js': 'export default class {}',
  'cacheable-request': 'export default class {}\nexport class CacheError extends Error {}',
  'node:http2': 'export class Http2ServerResponse {}\nexport const constants = {};',
  'node:https': "export default { get request() { return process.getBuiltinModule('node:https').request; } };",
  'node:tls':
    "export const checkServerIdentity = (...asked) => process.getBuiltinModule('node:tls').checkServerIdentity(...asked);",
};
const met = new Set();
const gotAlone = {
  name: 'got-alone',
  buildEnd() {
    const missed = Object.keys(otherwise).filter((source) => !met.has(source));
    if (missed.length > 0) throw new Error(`got asks no more for ${missed.join(', ')}`);
  },
  resolveId(source, importer = '') {
    const isAsked = !/[\\/]node_modules[\\/]got[\\/]/.test(importer) || otherwise[source] === undefined;
    if (isAsked) return null;
    met.add(source);
    return `\0got:${source}`;
  },
  load: (id) => (id.startsWith('\0got:') ? otherwise[id.slice('\0got:'.length)] : null),
  // Whether no body at all is a stream: to ask that, Node would load all streams of the web.
  transform: (code, id) =>
    /[\\/]node_modules[\\/]got[\\/]/.test(id)
      ? code.replace(/\b(\w+) instanceof ReadableStream/g, '($1 !== undefined && $1 instanceof ReadableStream)')
      : null,
};

/** For rolldown, without the directory that it writes to. */
export const bundle = {
  plugins: [
    framesOfLines,
    fewTextsKept,
    stylesAsTheyAre,
    intlAtFirstUse,
    emojiAtFirstUse,
    layoutAtHand,
    gotAlone,
    builtinsAsNamed,
    onlyAscii,
  ],
  input: {
    main: 'src/main.ts',
    'keychain-child': 'src/secrets/keychain-child.ts',
    'page-writer-worker': 'src/app/page-writer-worker.ts',
    'sandbox-worker': 'src/sandbox/worker.ts',
  },
  platform: 'node',
  external: [/^@napi-rs\/keyring/, 'react-devtools-core'],
  transform: { define: { 'process.env.NODE_ENV': '"production"' }, jsx: 'react-jsx' },
  logLevel: 'warn',
  output: {
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunk-[name].js',
  },
};
