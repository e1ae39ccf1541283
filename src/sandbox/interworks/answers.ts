/** An interworks error: `{Type, Message}`. */
export function problem(status: number, type: string, message: string, headers: Record<string, string> = {}): Response {
  return Response.json({ Type: type, Message: message }, { status, headers });
}

export function missing(what: string): Response {
  return problem(404, 'NotFound', `The ${what} was not found.`);
}

export function ok(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
  });
}

/** The vendor's way of answering with a status of somebody's choice. Its rate limit is a 403. */
export function errorAnswer(status: number): Response {
  if (status < 400) return new Response(null, { status });
  const types: Readonly<Record<number, string>> = {
    400: 'BadRequest',
    401: 'Unauthorized',
    403: 'Forbidden',
    404: 'NotFound',
    405: 'MethodNotAllowed',
    429: 'RateLimitExceeded',
    503: 'ServiceUnavailable',
  };
  const headers: Record<string, string> = status === 429 || status === 503 ? { 'retry-after': '2' } : {};
  return problem(status, types[status] ?? 'InternalServerError', 'The request could not be completed.', headers);
}
