/**
 * Keeps Node from loading undici, its own web client, which nothing here uses: every request goes through got. Two things would
 * load it, at a seventh of the processor time of a start each: yoga-layout (Ink's layout engine) reads its WebAssembly, which is in
 * the bundle, through the global `fetch`; and an `import` of `node:http` reads every property of it, with undici's WebSocket among them.
 */
export function dropUndici(): void {
  Reflect.deleteProperty(globalThis, 'fetch');
  const http = process.getBuiltinModule('node:http');
  for (const name of ['WebSocket', 'CloseEvent', 'MessageEvent']) Reflect.deleteProperty(http, name);
}
