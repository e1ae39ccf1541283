import type * as v from 'valibot';
import { FaultError, fault } from '../model/fault.ts';
import type { Json } from '../model/text.ts';
import type { Notes, Step } from './contract.ts';
import type { Reply, WriteCall, WriteClient } from './http/write-client.ts';
import { refuseOtherBody } from './same-body.ts';

/** The displayed call of a step before it is complete. */
export interface ShownCall extends Pick<WriteCall, 'method' | 'path'> {
  /** Absent: no body, or one that is not known yet. */
  readonly json?: unknown;
}

/** A step without inputs from earlier ones. Its path is displayed as sent, including the query. */
export function step<Schema extends v.GenericSchema>(
  client: WriteClient,
  name: string,
  call: WriteCall,
  reply: Reply<Schema>,
): Step {
  const query = new URLSearchParams(
    Object.entries(call.query ?? {}).map(([key, value]) => [key, String(value)]),
  ).toString();
  const path = client.basePath + (query === '' ? call.path : `${call.path}?${query}`);
  return {
    name,
    method: call.method,
    path,
    ...bodyOf(call),
    send: once((_, permit) => client.send(call, reply, permit)),
  };
}

/** A step whose call uses notes of earlier ones; `shown.path` has a placeholder in braces for what is not known yet. */
export function laterStep<Schema extends v.GenericSchema>(
  client: WriteClient,
  name: string,
  shown: ShownCall,
  call: (earlier: Notes) => WriteCall,
  reply: Reply<Schema>,
): Step {
  return {
    ...shownStep(client, name, shown),
    send: once((earlier, permit) => client.send(call(earlier), reply, permit)),
  };
}

/**
 * A step that must read before it can write (see `Step.prepare`). If `prepare` throws, or makes a different body than
 * the displayed one (or, without one, than the first it made), nothing is sent.
 */
export function preparedStep<Schema extends v.GenericSchema>(
  client: WriteClient,
  name: string,
  shown: ShownCall,
  prepare: (signal?: AbortSignal) => Promise<WriteCall>,
  reply: Reply<Schema>,
): Step {
  let ready: WriteCall | null = null;
  let planned = bodyOf(shown).body;
  const makeReady = async (signal?: AbortSignal): Promise<WriteCall> => {
    ready = null;
    const call = await prepare(signal);
    const { body } = bodyOf(call);
    planned ??= body;
    refuseOtherBody(planned ?? null, body ?? null, client.connection);
    ready = call;
    return call;
  };
  return {
    ...shownStep(client, name, shown),
    prepare: async (signal) => bodyOf(await makeReady(signal)).body,
    send: once(async (_, permit) => {
      const closed = client.closed();
      if (closed !== null) return closed;
      try {
        return await client.send(ready ?? (await makeReady()), reply, permit);
      } catch (error) {
        if (error instanceof FaultError) return { outcome: 'unsent', fault: { ...error.fault, sent: false } };
        throw error;
      }
    }),
  };
}

function shownStep(client: WriteClient, name: string, shown: ShownCall): Omit<Step, 'send'> {
  return { name, method: shown.method, path: client.basePath + shown.path, ...bodyOf(shown) };
}

/** The JSON exactly as sent, except for hidden texts; large numbers as their digits. */
function bodyOf({ json, hide = [] }: Pick<WriteCall, 'json' | 'hide'>): { readonly body?: Json } {
  if (json === undefined) return {};
  const body: Json = JSON.parse(
    JSON.stringify(json),
    (_key, value: unknown, context?: { readonly source?: string }) => {
      if (typeof value === 'string') return hide.some((text) => value.includes(text)) ? '•••' : value;
      return typeof value === 'number' && String(value) !== context?.source ? context?.source : value;
    },
  );
  return { body };
}

/** A draft is for one use: sending a step a second time returns an answer without a call. */
function once(send: Step['send']): Step['send'] {
  let used = false;
  return async (earlier, permit) => {
    if (used) {
      const next = 'Nothing was sent. Make a new plan.';
      return { outcome: 'unsent', fault: fault('broken', 'This step has already been sent.', next).fault };
    }
    used = true;
    try {
      return await send(earlier, permit);
    } catch (error) {
      // An earlier step's notes made an invalid address: nothing was sent.
      if (error instanceof FaultError) return { outcome: 'unsent', fault: error.fault };
      throw error;
    }
  };
}
