/**
 * A reviver for `JSON.parse`: texts were safe when they were written, and another program of the same user may have
 * changed the file since, so what could steer a terminal is shown as a mark. Ids stay literal: vendors are asked by them,
 * and screens show them through their own cleaner.
 */
export function withoutControls(key: string, value: unknown): unknown {
  return typeof value === 'string' && !idName.test(key) ? value.replaceAll(harmful, '\u{fffd}') : value;
}

const idName = /^(?:id|ref)$|Id$/;
const harmful = /[\p{Cc}\u{2028}\u{2029}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu;
