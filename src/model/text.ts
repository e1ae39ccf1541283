declare const safe: unique symbol;

/**
 * Text that cannot harm a terminal: no control bytes, no escape sequences, no direction overrides, no invisible
 * characters, clipped to a bounded length. Only `safeText` in `api/text.ts` makes it, so a vendor's raw string cannot
 * reach a row, and with it the screen, without a compile error.
 */
export type SafeText = string & { readonly [safe]: true };

/** A JSON value as a vendor sent it, after sanitising and with licence keys masked. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };
