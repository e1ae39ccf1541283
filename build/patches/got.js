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
export const gotAlone = {
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
