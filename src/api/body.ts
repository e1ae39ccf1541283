import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { failureOf, NetworkError } from './network-failure.ts';

/**
 * A body's bytes, decompressed as they come, never more than `maxBytes` on either side of the decompression, so that a
 * small answer cannot fill the memory. Throws `NetworkError`.
 */
export async function* decodedBody(
  source: Readable,
  encoding: string | undefined,
  maxBytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    const decoder = decoderOf(encoding);
    const bytes = decoder ? decompressed(capped(source, maxBytes), decoder) : source;
    for await (const chunk of capped(bytes, maxBytes)) yield chunk;
  } catch (error) {
    throw error instanceof NetworkError ? error : new NetworkError(failureOf(error));
  } finally {
    source.destroy();
  }
}

function decoderOf(encoding: string | undefined): Transform | null {
  switch (encoding?.trim().toLowerCase()) {
    case undefined:
    case '':
    case 'identity':
      return null;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new NetworkError({ kind: 'broken-body' });
  }
}

function decompressed(source: AsyncIterable<Uint8Array>, decoder: Transform): Transform {
  // The error reaches the reader through the decoder, which pipeline destroys with it.
  pipeline(source, decoder, () => {});
  return decoder;
}

async function* capped(source: AsyncIterable<unknown>, maxBytes: number): AsyncGenerator<Uint8Array, void, undefined> {
  let total = 0;
  for await (const chunk of source) {
    if (!(chunk instanceof Uint8Array)) continue;
    total += chunk.byteLength;
    if (total > maxBytes) throw new NetworkError({ kind: 'too-large' });
    yield chunk;
  }
}
