const pieceLength = 64 * 1024;

/** Streams a JSON array in pieces, so that a list of any length needs the memory of one piece. */
export function jsonArray(rows: Iterable<unknown>, headers: Record<string, string> = {}): Response {
  const iterator = rows[Symbol.iterator]();
  const encoder = new TextEncoder();
  let first = true;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      let piece = first ? '[' : '';
      while (piece.length < pieceLength) {
        const next = iterator.next();
        if (next.done === true) {
          controller.enqueue(encoder.encode(`${piece}]`));
          controller.close();
          return;
        }
        piece += (first ? '' : ',') + JSON.stringify(next.value);
        first = false;
      }
      controller.enqueue(encoder.encode(piece));
    },
  });
  return new Response(body, { headers: { 'content-type': 'application/json; charset=utf-8', ...headers } });
}
