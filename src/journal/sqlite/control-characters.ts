/**
 * A reviver for `JSON.parse`: texts were safe when written, but another program of the same user may have changed the
 * file, so control characters are replaced by visible marks. Ids stay literal: vendors are called with them, and
 * screens sanitize them separately.
 */
export function withoutControls(key: string, value: unknown): unknown {
  return typeof value === 'string' && !idName.test(key) ? value.replaceAll(harmful, '\u{fffd}') : value;
}

const idName = /^(?:id|ref)$|Id$/;
const harmful = /[\p{Cc}\u{2028}\u{2029}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu;
