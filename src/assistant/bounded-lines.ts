import { Transform } from 'node:stream';

/** Bytes of one message: far more than any call of a tool. */
export const mostMessageBytes = 1024 ** 2;
/** Of a message that is refused this much is looked at for its id. */
const idBytes = 4096;
const lineEnd = 0x0a;

/**
 * Passes on lines up to `mostMessageBytes`. A longer one is left out, and `refused` is told the beginning of it. Nothing of it is
 * held in memory.
 */
export function boundedLines(refused: (beginning: string) => void, most: number = mostMessageBytes): Transform {
  let parts: Buffer[] = [];
  let length = 0;
  let isTooLong = false;

  function take(part: Buffer): void {
    length += part.length;
    if (isTooLong) return;
    parts.push(part);
    if (length <= most) return;
    isTooLong = true;
    parts = [Buffer.concat(parts).subarray(0, idBytes)];
  }

  function end(stream: Transform): void {
    const line = Buffer.concat(parts);
    if (isTooLong) refused(line.toString());
    else stream.push(line);
    [parts, length, isTooLong] = [[], 0, false];
  }

  return new Transform({
    transform(chunk: Buffer, _, done) {
      let begin = 0;
      for (let at = chunk.indexOf(lineEnd); at >= 0; at = chunk.indexOf(lineEnd, begin)) {
        take(chunk.subarray(begin, at + 1));
        end(this);
        begin = at + 1;
      }
      take(chunk.subarray(begin));
      done();
    },
  });
}

/** The id of a JSON-RPC request by the beginning of its text; null: it stands further back. */
export function requestId(beginning: string): string | number | null {
  const [, text] = /"id"\s*:\s*(\d{1,15}|"[\w.-]{1,100}")/.exec(beginning) ?? [];
  return text === undefined ? null : JSON.parse(text);
}
