import type { IncomingHttpHeaders } from 'node:http';
import type { VendorAnswer } from '../../model/fault.ts';
import type { SafeText } from '../../model/text.ts';
import { Digits } from '../digits.ts';
import { parseVendorJson } from '../json.ts';
import { licenseKeysIn } from '../license-key.ts';
import { safeText } from '../text.ts';
import { redact } from './redact.ts';

/**
 * A vendor's error message in any of the known shapes: an array of `{errorCode, errorName, errorMessage}` or an object
 * "field → string[]", `{Type, Message}`, `{error_code, error_messages}`, `{code, description}`, `{type, description,
 * correlationId, errors: [{propertyName, description}]}`, `{error, error_description}` (OAuth), plain text, or nothing.
 * `clean` removes the secrets from each text before it is truncated; never from the whole body, which might then be
 * invalid JSON.
 */
export function vendorAnswer(
  status: number,
  headers: IncomingHttpHeaders,
  body: string,
  clean: (text: string) => string,
): VendorAnswer {
  const said = readError(body, clean);
  return {
    status,
    code: said.code,
    message: said.message,
    correlationId: correlationOf(headers) ?? said.correlationId,
  };
}

/** The same for an answer whose body must not be displayed. */
export function statusAnswer(status: number, headers: IncomingHttpHeaders): VendorAnswer {
  return { status, code: null, message: null, correlationId: correlationOf(headers) };
}

export const correlationHeaders = [
  'x-correlation-id',
  'x-request-id',
  'request-id',
  'x-ms-request-id',
  'requestid',
  'trace-id',
];

export function correlationOf(headers: IncomingHttpHeaders): SafeText | null {
  for (const name of correlationHeaders) {
    const value = headers[name];
    if (typeof value === 'string' && value !== '') return safeText(value, 128);
  }
  return null;
}

interface Said {
  readonly code: SafeText | null;
  readonly message: SafeText | null;
  readonly correlationId: SafeText | null;
}

const nothing: Said = { code: null, message: null, correlationId: null };

function readError(body: string, clean: Clean): Said {
  const text = body.trim();
  if (text === '') return nothing;
  const parsed = parsedOrUndefined(text);
  if (parsed !== undefined) {
    const keys = licenseKeysIn(parsed);
    return fromJson(cleanTexts(parsed, (part) => redact(clean(part), keys)));
  }
  // An HTML page is useless in a terminal.
  return text.startsWith('<') ? nothing : { ...nothing, message: safeText(clean(text), 500) };
}

type Clean = (text: string) => string;

function cleanTexts(value: unknown, clean: Clean, depth = 0): unknown {
  if (typeof value === 'string') return clean(value);
  if (typeof value === 'number' || value instanceof Digits) {
    const digits = String(value);
    return clean(digits) === digits ? value : clean(digits);
  }
  if (typeof value !== 'object' || value === null || depth > deepest) return value;
  if (Array.isArray(value)) return value.map((item) => cleanTexts(item, clean, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [clean(key), cleanTexts(item, clean, depth + 1)]),
  );
}

function parsedOrUndefined(text: string): unknown {
  try {
    return parseVendorJson(text);
  } catch {
    return undefined;
  }
}

/** No vendor's errors are nested deeper. */
const deepest = 6;

function fromJson(value: unknown, depth = 0): Said {
  if (typeof value === 'string') return { ...nothing, message: safeText(value, 500) };
  if (Array.isArray(value) && depth < deepest) {
    const all = value.slice(0, mostLines).map((item) => fromJson(item, depth + 1));
    const messages = all.flatMap((one) => (one.message === null ? [] : [one.message]));
    return { ...nothing, code: all[0]?.code ?? null, message: joined(messages) };
  }
  if (typeof value !== 'object' || value === null) return nothing;
  const fields = lowered(value);
  const code = first(fields, ['errorname', 'code', 'errorcode', 'error_code', 'type', 'error']);
  const details = detailsOf(fields);
  const message = first(fields, ['errormessage', 'message', 'description', 'error_description', 'detail', 'title']);
  return {
    code,
    message: joined([...(message === null ? [] : [message]), ...details]),
    correlationId: first(fields, ['correlationid', 'requestid', 'traceid']),
  };
}

/** Lines of one error that are looked at; the first few of them are shown. */
const mostLines = 100;

/** Lines about single fields: `errors`, `error_messages`, or every array of strings in the object. */
function detailsOf(fields: ReadonlyMap<string, unknown>): readonly string[] {
  const lines: string[] = [];
  for (const [field, value] of fields) {
    if (!Array.isArray(value)) continue;
    for (const item of value) {
      if (lines.length >= mostLines) break;
      if (typeof item === 'string') lines.push(/^err/.test(field) ? item : `${field}: ${item}`);
      else if (typeof item === 'object' && item !== null) lines.push(...propertyLines(lowered(item)));
    }
  }
  return lines.map((line) => safeText(line, 300));
}

function propertyLines(fields: ReadonlyMap<string, unknown>): readonly string[] {
  const property = first(fields, ['propertyname', 'field', 'name']);
  const said = fields.get('description') ?? fields.get('message') ?? fields.get('errormessage');
  const texts = (Array.isArray(said) ? said.slice(0, mostLines) : [said]).filter((text) => typeof text === 'string');
  return texts.map((text) => (property === null ? text : `${property}: ${text}`));
}

function lowered(object: object): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(object).map(([key, value]) => [key.toLowerCase(), value]));
}

function first(fields: ReadonlyMap<string, unknown>, names: readonly string[]): SafeText | null {
  for (const name of names) {
    const value = fields.get(name);
    if (typeof value === 'string' && value !== '') return safeText(value, 500);
    if (typeof value === 'number' || value instanceof Digits) return safeText(String(value), 500);
  }
  return null;
}

function joined(lines: readonly string[]): SafeText | null {
  const unique = [...new Set(lines)].slice(0, 8);
  return unique.length === 0 ? null : safeText(unique.join('; '), 1000);
}
