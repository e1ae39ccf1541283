import { randomUUID } from 'node:crypto';
import type { ErrorBody } from './wire.ts';

export interface PropertyError {
  readonly propertyName: string;
  readonly description: readonly string[];
}

/** A refusal with a body; every route may throw it. */
export class Refused extends Error {
  readonly status: number;
  readonly errors: readonly PropertyError[];

  constructor(status: number, description: string, errors: readonly PropertyError[] = []) {
    super(description);
    this.status = status;
    this.errors = errors;
  }
}

export function wrongProperty(propertyName: string, description: string): Refused {
  return new Refused(400, 'One or more validation errors occurred.', [{ propertyName, description: [description] }]);
}

const types: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  404: 'NotFound',
  409: 'Conflict',
  500: 'InternalServerError',
};

/** The vendor's error body; 401 and 403 have none. The caller's correlation id comes back, or one is made up. */
export function errorAnswer(
  status: number,
  correlationId: string | null,
  description = types[status] ?? 'Error',
  errors: readonly PropertyError[] = [],
): Response {
  if (status === 401 || status === 403) return new Response(null, { status });
  const body: ErrorBody = {
    statusCode: status,
    type: types[status] ?? 'Error',
    description,
    correlationId: correlationId ?? randomUUID(),
    errors,
  };
  return Response.json(body, { status });
}
