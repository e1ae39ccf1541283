import { Digits } from './digits.ts';

/**
 * Whether a body that came with a good status says by itself that the call failed: `{"success": false}`, an `error` or
 * `errors` that says something, `{"code": "…", "message": "…"}`, `{"status": "error"}`, a problem document, a list
 * of `{errorCode, errorMessage}`, also one level down in `result`, `data` and their kind. [A] No vendor documents such an
 * answer. An object that names a thing by its id says the thing's own status, which is no failure of the call.
 */
export function reportsFailure(body: unknown): boolean {
  return reports(body, 0);
}

/** Envelopes within envelopes are checked; deeper errors are part of the data. */
const deepest = 2;
const envelopes: readonly string[] = ['result', 'results', 'data', 'response', 'd', 'value'];
const successes: readonly string[] = ['success', 'succeeded', 'successful', 'issuccess', 'issuccessful', 'ok'];
const failures: readonly string[] = ['failed', 'hasfailed', 'iserror', 'haserror', 'haserrors'];
const errors: readonly string[] = ['error', 'errors', 'errormessage', 'errormessages', 'errorname', 'exception'];
const codes: readonly string[] = ['errorcode', 'code', 'type', 'title'];
const sentences: readonly string[] = ['message', 'messages', 'description', 'detail', 'details', 'errordescription'];
const outcomes: readonly string[] = ['status', 'state', 'result', 'outcome'];
const failureWord = /^(?:fail|failed|failure|error|rejected|refused|denied|invalid)$/i;
const harmless = /^(?:|0|ok|none|null|false|success|succeeded|successful|2\d\d)$/i;

function reports(body: unknown, depth: number): boolean {
  if (typeof body !== 'object' || body === null || body instanceof Digits) return false;
  if (Array.isArray(body)) return depth < deepest && body.some((item) => reports(item, depth + 1));
  const fields = new Map(
    Object.entries(body).map(([name, value]) => [name.toLowerCase().replace(/[\s_-]/g, ''), value]),
  );
  const some = (names: readonly string[], is: (value: unknown) => boolean): boolean =>
    names.some((name) => fields.has(name) && is(fields.get(name)));
  if (some(successes, (value) => isFlag(value, false)) || some(failures, (value) => isFlag(value, true))) return true;
  if (some(errors, saysSomething)) return true;
  const namesThing = [...fields].some(([name, value]) => /id$/.test(name) && name !== 'correlationid' && isText(value));
  if (!namesThing && some(outcomes, (value) => typeof value === 'string' && failureWord.test(value.trim())))
    return true;
  if (!namesThing && some(['status', 'statuscode', 'code'], isErrorStatus)) return true;
  if (!namesThing && some(codes, saysSomething) && some(sentences, saysSomething)) return true;
  return depth < deepest && envelopes.some((name) => reports(fields.get(name), depth + 1));
}

function isFlag(value: unknown, flag: boolean): boolean {
  return value === flag || (typeof value === 'string' && value.trim().toLowerCase() === String(flag));
}

/** Anything except a word, number or empty value that means "no error". */
function saysSomething(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Digits)
    return !harmless.test(textOf(value).trim());
  return Object.values(value).some((part) => saysSomething(part));
}

function isErrorStatus(value: unknown): boolean {
  return /^[45]\d\d$/.test(textOf(value));
}

function isText(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' || value instanceof Digits;
}

function textOf(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}
