/** A number as digits, so that it is sent exactly: integers beyond 2^53, fractions beyond a double. */
export type Digits = object;

declare global {
  interface JSON {
    /** When stringified, the returned object becomes this exact text (ECMAScript's "JSON.parse source text access"). */
    rawJSON(text: string): object;
  }
}

/** `text` must be a number as JSON writes it; anything else throws a SyntaxError. */
export function digits(text: string): Digits {
  return JSON.rawJSON(text);
}
