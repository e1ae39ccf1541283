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
export const layoutAtHand = {
  name: 'layout-at-hand',
  transform(code, id) {
    if (!id.endsWith('yoga-wasm-base64-esm.js')) return null;
    const [, bytes] = /"data:application\/octet-stream;base64,([A-Za-z0-9+/=]+)"/.exec(code) ?? [];
    const asked = 'h.wasmBinary&&(w=h.wasmBinary)';
    if (bytes === undefined || !code.includes(asked)) throw new Error('yoga-layout is built in another way');
    return code.replace(bytes, '').replace(asked, `w=Buffer.from("${beginSmall(bytes)}","base64")`);
  },
};
