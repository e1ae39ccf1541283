import { withoutControls } from './control-characters.ts';
import type { Row } from './entry-row.ts';
import { rowChecksum } from './row-checksum.ts';

/** One of the numbered lines that belong to an entry: its steps, its verdicts. */
export interface Line<Body> {
  readonly number: number;
  readonly body: Body;
}

export function packLine(entry: string, number: number, body: object): readonly [string, number, string, string] {
  const text = JSON.stringify(body);
  return [entry, number, text, rowChecksum(entry, String(number), text)];
}

/** The line as it was written, or null when the row is not what was written any more. */
export function unpackLine<Body>(row: Row): Line<Body> | null {
  const { entry, number, body } = row;
  if (typeof entry !== 'string' || typeof number !== 'number' || typeof body !== 'string') return null;
  if (rowChecksum(entry, String(number), body) !== row.seal) return null;
  return { number, body: JSON.parse(body, withoutControls) };
}
