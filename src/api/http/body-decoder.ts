import { pipeline, type Readable, type Transform } from 'node:stream';
import { failureOf, NetworkError } from './network-failure.ts';

/**
 * A body's bytes, decompressed as they arrive, with `maxBytes` as the limit before and after decompression, so that a
 * small answer cannot fill the memory. Throws `NetworkError`.
 */
export async function* decodedBody(
  source: Readable,
  encoding: string | undefined,
  maxBytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    const decoder = await decoderOf(encoding);
    const bytes = decoder ? decompressed(capped(source, maxBytes), decoder) : source;
    for await (const chunk of capped(bytes, maxBytes)) yield chunk;
  } catch (error) {
    throw error instanceof NetworkError ? error : new NetworkError(failureOf(error));
  } finally {
    source.destroy();
  }
}

async function decoderOf(encoding = ''): Promise<Transform | null> {
  const name = encoding.trim().toLowerCase();
  if (name === '' || name === 'identity') return null;
  // Loaded for the first body that needs it, so that the first page arrives sooner.
  const zlib = await import('node:zlib');
  switch (name) {
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip();
    case 'deflate':
      return zlib.createInflate();
    case 'br':
      return zlib.createBrotliDecompress();
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
