/** A number as its digits, so that it reaches the wire whole: integers beyond 2^53, fractions beyond a double. */
export type Digits = object;

declare global {
  interface JSON {
    /** Stringified, the object it gives stands as this very text (ECMAScript's "JSON.parse source text access"). */
    rawJSON(text: string): object;
  }
}

/** `text` must be a number as JSON writes it; anything else throws a SyntaxError. */
export function digits(text: string): Digits {
  return JSON.rawJSON(text);
}
