import { errorCodes } from './assumptions.ts';

const json = { 'content-type': 'application/json; charset=utf-8' };

/** A business error: an array of `{errorCode, errorName, errorMessage}`. */
export function businessError(status: number, name: keyof typeof errorCodes, message: string): Response {
  return Response.json([{ errorCode: errorCodes[name], errorName: name, errorMessage: message }], {
    status,
    headers: json,
  });
}

/** A validation error: an object from field path to what is wrong with it. */
export function invalid(fields: Readonly<Record<string, readonly string[]>>): Response {
  return Response.json(fields, { status: 400, headers: json });
}

export function missing(what: string): Response {
  return businessError(404, 'NotFound', `The ${what} does not exist.`);
}

export function done(): Response {
  return new Response(null, { status: 204 });
}

export function ok(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), { status, headers: json });
}

/** The statuses that Cloudmore answers without a body, and the plain business error for all others. */
export function errorAnswer(status: number): Response {
  if (status === 401)
    return new Response(null, { status, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });
  if (status === 429) return new Response(null, { status, headers: { 'retry-after': '2' } });
  if (status === 403 || status === 405 || status < 400) return new Response(null, { status });
  return businessError(
    status,
    status === 404 ? 'NotFound' : 'OperationNotAllowed',
    'The operation could not be completed.',
  );
}
