/**
 * The documents name an `ErrorResponse` without its fields; this is the shape of VMware's other clouds [A]. The statuses
 * and what they mean are stated.
 */
export interface ErrorResponse {
  readonly status: number;
  readonly path: string;
  readonly error_code: string;
  readonly error_messages: readonly string[];
  readonly retryable: boolean;
}

const meanings: Readonly<Record<number, string>> = {
  400: 'The request is either incomplete or incorrect',
  401: 'The request requires user authentication',
  403: 'User does not have permission for this operation',
  404: 'The requested resource does not exist',
  405: 'The requested resource cannot be changed through this API',
  500: 'Please contact support',
};

export function errorResponse(
  status: number,
  path: string,
  message = meanings[status] ?? 'Unexpected error',
): Response {
  const body: ErrorResponse = {
    status,
    path,
    error_code: `CPN_${status}`,
    error_messages: [message],
    retryable: status === 429 || status >= 500,
  };
  return Response.json(body, { status });
}
