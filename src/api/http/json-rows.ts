import { limits } from '../../model/limits.ts';
import type { Deadline } from './deadline.ts';
import { NetworkError } from './network-failure.ts';

/**
 * The texts of the items of a JSON array, as they arrive; of the first array found where the body is an object around
 * one. Each item has `limitMs` to arrive, and all of them together have `limits.streamed`, counted only while they are waited
 * for. Throws `NetworkError`: `broken-body` where
 * there is no array or the brackets do not add up, after the items that did.
 */
export async function* jsonRows(
  chunks: AsyncIterable<Uint8Array>,
  deadline: Deadline,
  limitMs: number,
): AsyncGenerator<string, void, undefined> {
  const splitter = createSplitter();
  const decoder = new TextDecoder();
  const pace = createPace(limitMs);
  deadline.start(limitMs);
  pace.wait();
  for await (const chunk of chunks) {
    pace.arrived(chunk.byteLength);
    for (const row of splitter.take(decoder.decode(chunk, { stream: true }))) {
      deadline.stop();
      yield row;
      deadline.start(limitMs);
    }
    pace.wait();
  }
  splitter.end();
}

/** Ends what drips: each item in time, and no end. */
function createPace(limitMs: number) {
  const { waits, slowWaits, slowestBytesPerSecond } = limits.streamed;
  let [waited, bytes, since] = [0, 0, 0];
  return {
    wait: () => {
      since = performance.now();
    },
    /** Throws `NetworkError`. */
    arrived: (more: number) => {
      // The deadline of an item ends longer waits, unless the process stood still.
      waited += Math.min(performance.now() - since, limitMs);
      bytes += more;
      const isSlow = waited > slowWaits * limitMs && bytes < (waited / 1000) * slowestBytesPerSecond;
      if (isSlow || waited > waits * limitMs) throw new NetworkError({ kind: 'too-slow' });
    },
  };
}

interface Splitter {
  take(text: string): Iterable<string>;
  end(): void;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openers = new Set([0x5b, 0x7b]);
const closers = new Set([0x5d, 0x7d]);
const openArray = 0x5b;

/**
 * Follows brackets and strings only: whether an item is good JSON is for whoever parses it. What stands around the items has
 * to be JSON too, or the array could be another one than was meant.
 */
function createSplitter(): Splitter {
  let before = '';
  /** The body without its items. */
  let around = '';
  let depth = 0;
  /** The depth at which the items stand; 0 until the array was found, -1 once it was closed. */
  let itemDepth = 0;
  let inString = false;
  let escaped = false;
  let begun = false;

  function* take(text: string): Generator<string, void, undefined> {
    let start = 0;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (inString) {
        if (escaped) escaped = false;
        else if (code === backslash) escaped = true;
        else if (code === quote) inString = false;
        continue;
      }
      if (code === quote) inString = true;
      else if (openers.has(code)) {
        depth++;
        begun = true;
        if (itemDepth === 0 && code === openArray) {
          itemDepth = depth;
          around += text.slice(start, index + 1);
          start = index + 1;
        }
      } else if (code === comma && depth === itemDepth) {
        yield item(text.slice(start, index));
        start = index + 1;
      } else if (closers.has(code)) {
        if (depth === itemDepth) {
          const last = before + text.slice(start, index);
          before = '';
          itemDepth = -1;
          start = index;
          if (last.trim() !== '') yield last;
        }
        depth--;
        if (depth < 0) throw new NetworkError({ kind: 'broken-body' });
      } else if (!begun && code > 0x20 && code !== 0xfeff) throw new NetworkError({ kind: 'broken-body' });
    }
    if (itemDepth > 0) before += text.slice(start);
    else around += text.slice(start);
    if (before.length > limits.rowBytes || around.length > limits.rowBytes)
      throw new NetworkError({ kind: 'too-large' });
  }

  function item(tail: string): string {
    const row = before + tail;
    before = '';
    if (row.trim() === '') throw new NetworkError({ kind: 'broken-body' });
    return row;
  }

  return {
    take,
    end: () => {
      const isWhole = depth === 0 && !inString && itemDepth === -1;
      if (!isWhole || !isJson(around)) throw new NetworkError({ kind: 'broken-body' });
    },
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\ufeff/, ''));
    return true;
  } catch {
    return false;
  }
}
