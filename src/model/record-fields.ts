import type { Call } from './call.ts';
import { type JournalEntry, journalStates } from './journal-entry.ts';
import { type ListFields, textsOf } from './list-fields.ts';
import { parseReference } from './reference.ts';
import { type Request, requestStates } from './request.ts';

const connectionOf = (ref: string): readonly string[] => textsOf(parseReference(ref)?.connection ?? null);

/** What journal entries are filtered by. */
export const journalFields = {
  what: { aliases: ['sentence'], label: 'what was sent', kind: 'text', texts: ({ sentence }) => [sentence] },
  state: { aliases: [], label: 'state', kind: 'text', words: journalStates, texts: ({ state }) => [state] },
  at: { aliases: ['when'], label: 'when', kind: 'date', texts: ({ at }) => [at] },
  ref: { aliases: [], label: 'reference', kind: 'text', texts: ({ ref }) => [ref] },
  connection: { aliases: [], label: 'connection', kind: 'text', texts: ({ ref }) => connectionOf(ref) },
  verb: { aliases: [], label: 'verb', kind: 'text', texts: ({ verb }) => [verb] },
  by: { aliases: [], label: 'by whom', kind: 'text', texts: ({ by }) => [by] },
  reason: { aliases: [], label: 'reason', kind: 'text', texts: ({ reason }) => textsOf(reason) },
  id: { aliases: [], label: 'journal id', kind: 'text', texts: ({ id }) => [id] },
} as const satisfies ListFields<JournalEntry>;

/** A request with what the cache knows of its subscription. */
interface NamedRequest {
  readonly request: Request;
  readonly name: string | null;
  readonly organization: string | null;
}

const numberOf = (value: number | null): readonly string[] => (value === null ? [] : [String(value)]);

/** What requests at vendors are filtered by. */
export const requestFields = {
  name: { aliases: ['subscription'], label: 'subscription', kind: 'text', texts: ({ name }) => textsOf(name) },
  state: {
    ...{ aliases: [], label: 'state', kind: 'text', words: requestStates },
    texts: ({ request }) => [request.state],
  },
  org: {
    ...{ aliases: ['organization', 'customer'], label: 'organization', kind: 'text' },
    texts: ({ organization }) => textsOf(organization),
  },
  from: { aliases: [], label: 'seats before', kind: 'number', texts: ({ request }) => numberOf(request.from) },
  to: { aliases: ['seats'], label: 'seats asked for', kind: 'number', texts: ({ request }) => numberOf(request.to) },
  started: { aliases: ['at'], label: 'started', kind: 'date', texts: ({ request }) => [request.startedAt] },
  vendor: {
    aliases: [],
    label: 'what the vendor says',
    kind: 'text',
    texts: ({ request }) => textsOf(request.vendorState),
  },
  ref: { aliases: [], label: 'reference', kind: 'text', texts: ({ request }) => [request.ref] },
  connection: { aliases: [], label: 'connection', kind: 'text', texts: ({ request }) => connectionOf(request.ref) },
  id: { aliases: [], label: 'request id', kind: 'text', texts: ({ request }) => [request.id] },
} as const satisfies ListFields<NamedRequest>;

/** What calls to vendors are filtered by. */
export const callFields = {
  path: { aliases: [], label: 'path', kind: 'text', texts: ({ path }) => [path] },
  connection: { aliases: [], label: 'connection', kind: 'text', texts: ({ connection }) => [connection] },
  method: { aliases: [], label: 'method', kind: 'text', texts: ({ method }) => [method] },
  status: { aliases: [], label: 'HTTP status', kind: 'number', texts: ({ status }) => numberOf(status) },
  ms: {
    aliases: ['time'],
    label: 'milliseconds',
    kind: 'number',
    texts: ({ milliseconds }) => [milliseconds.toFixed(0)],
  },
  left: { aliases: [], label: 'calls left', kind: 'number', texts: ({ limitLeft }) => numberOf(limitLeft) },
  at: { aliases: [], label: 'when', kind: 'date', texts: ({ at }) => [at] },
  correlation: {
    ...{ aliases: ['correlationId'], label: 'correlation id', kind: 'text' },
    texts: ({ correlationId }) => textsOf(correlationId),
  },
} as const satisfies ListFields<Call>;
