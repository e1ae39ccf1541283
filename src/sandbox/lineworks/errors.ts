/** A refusal in LINE WORKS' words: every route may throw it. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, description: string) {
    super(description);
    this.status = status;
    this.code = code;
  }
}

const codes: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  410: 'DELETED',
  429: 'TOO_MANY_REQUESTS',
  503: 'SERVICE_UNAVAILABLE',
};

/** The vendor's error body. A 401 says why in `WWW-Authenticate` too, as RFC 6750 wants it. */
export function errorAnswer(
  status: number,
  code = codes[status] ?? 'INTERNAL_SERVER_ERROR',
  description = code,
): Response {
  const headers = status === 401 ? { 'WWW-Authenticate': 'Bearer error="invalid_token"' } : undefined;
  return Response.json({ code, description }, { status, ...(headers && { headers }) });
}
