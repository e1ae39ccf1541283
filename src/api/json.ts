import { isDeeperThan } from '../model/json-depth.ts';
import { limits } from '../model/limits.ts';
import type { Json, JsonObject } from '../model/text.ts';
import { Digits } from './digits.ts';
import { hidesLicenseKey, isLicenseKeyName, licenseKeyShown, licenseKeysIn } from './license-key.ts';
import { safeText } from './text.ts';

declare global {
  interface JSON {
    /** A number token to be written as it is (ECMAScript, "JSON.parse source text access"). */
    rawJSON(text: string): object;
  }
}

/** A number token that may lose digits as an overlay: one with a point or an exponent, or with 16 digits and more. */
const delicateNumber = /[[:,\s]-?\d+(?:[.eE]|\d{15})/;

/**
 * Parses what a vendor sent. Plain integers up to 2^53 are numbers; every other number is a `Digits`, so that ids and
 * money keep the vendor's own digits. Throws SyntaxError on anything but one JSON value, nested no deeper than anybody means it.
 */
export function parseVendorJson(text: string): unknown {
  if (isDeeperThan(limits.jsonDepth, text)) throw new SyntaxError('nested too deeply');
  if (!delicateNumber.test(text) && !/^-?\d/.test(text)) return JSON.parse(text);
  return JSON.parse(text, keepDigits);
}

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  return Number.isSafeInteger(value) && String(value) === context.source ? value : new Digits(context.source);
}

/** An id for a request's JSON body: digits go as the number token they came as, anything else as a string. */
export function idToken(id: string): unknown {
  return /^(?:0|-?[1-9]\d*)$/.test(id) ? JSON.rawJSON(id) : id;
}

/** A vendor's value for a request's JSON body, as it came: numbers with all their digits. */
export function asItCame(value: unknown): unknown {
  if (value instanceof Digits) return JSON.rawJSON(value.source);
  if (Array.isArray(value)) return value.map(asItCame);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asItCame(inner)]));
}

const deepest = 40;

/**
 * A vendor's value, safe to show and to keep: texts and keys sanitised, licence keys masked wherever they stand, numbers
 * that an overlay cannot hold as strings of digits, `__proto__` renamed so that no copy of it can do harm.
 */
export function safeJson(value: unknown): Json {
  const keys = licenseKeysIn(value);
  return convert(value, { keys, depth: 0 });
}

/** The same for what should be an object; anything else gives an empty one. */
export function safeJsonObject(value: unknown): JsonObject {
  const safe = safeJson(value);
  return isJsonObject(safe) ? safe : {};
}

/** `Array.isArray` does not tell a readonly array from an object. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Walk {
  readonly keys: readonly string[];
  readonly depth: number;
}

function convert(value: unknown, walk: Walk): Json {
  if (typeof value === 'string') return cleanText(value, walk.keys);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (value instanceof Digits) return value.isExact() ? value.toNumber() : value.source;
  if (typeof value !== 'object') return null;
  if (walk.depth >= deepest) return '…';
  const below = { ...walk, depth: walk.depth + 1 };
  if (Array.isArray(value)) return value.map((item) => convert(item, below));
  const object = value as Readonly<Record<string, unknown>>;
  const hides = hidesLicenseKey(object);
  const safe: Record<string, Json> = {};
  for (const key of Object.keys(object)) {
    const isKey = isLicenseKeyName(key) || hides(key);
    // Never `__proto__`: `safeKey` renames it.
    safe[safeKey(key)] = isKey ? licenseKeyShown(object[key]) : convert(object[key], below);
  }
  return safe;
}

function cleanText(text: string, licenseKeys: readonly string[]): string {
  let clean = text;
  for (const key of licenseKeys) clean = clean.replaceAll(key, '•••');
  return safeText(clean);
}

function safeKey(key: string): string {
  return key === '__proto__' ? '⟨__proto__⟩' : safeText(key, 256);
}
