declare const safe: unique symbol;

/**
 * Text that is safe for a terminal: no control bytes, escape sequences, direction overrides or invisible characters,
 * and of limited length. Only `safeText` in `api/text.ts` creates it, so a vendor's raw string cannot reach a row or
 * the screen without a compile error.
 */
export type SafeText = string & { readonly [safe]: true };

/** A JSON value as a vendor sent it, sanitized and with licence keys masked. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };
