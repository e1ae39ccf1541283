import type * as v from 'valibot';
import { FaultError, fault } from '../model/fault.ts';
import type { Answer, Notes, Step } from './vendor.ts';
import type { Reply, WriteCall, WriteClient } from './write-client.ts';

/** A step that needs nothing of the steps before it. Its path is shown as it is sent, query and all. */
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
  return { name, method: call.method, path, send: once(() => client.send(call, reply)) };
}

/** A step whose call is made of the notes of earlier ones; `shownPath` holds a word in braces for what is not known yet. */
export function laterStep<Schema extends v.GenericSchema>(
  client: WriteClient,
  name: string,
  shown: { readonly method: Step['method']; readonly path: string },
  call: (earlier: Notes) => WriteCall,
  reply: Reply<Schema>,
): Step {
  const path = client.basePath + shown.path;
  return { name, ...shown, path, send: once((earlier) => client.send(call(earlier), reply)) };
}

/**
 * A step that must read before it can write: what it reads decides the call. Where that cannot be read, or `prepare` says
 * why not, nothing is sent.
 */
export function preparedStep<Schema extends v.GenericSchema>(
  client: WriteClient,
  name: string,
  shown: { readonly method: Step['method']; readonly path: string },
  prepare: () => Promise<WriteCall>,
  reply: Reply<Schema>,
): Step {
  return {
    name,
    ...shown,
    path: client.basePath + shown.path,
    send: once(async () => {
      const closed = client.closed();
      if (closed !== null) return closed;
      try {
        return await client.send(await prepare(), reply);
      } catch (error) {
        if (error instanceof FaultError) return { outcome: 'unsent', fault: { ...error.fault, sent: false } };
        throw error;
      }
    }),
  };
}

/** A draft is for one use: whoever sends a step a second time gets an answer, and the vendor gets nothing. */
function once(send: (earlier: Notes) => Promise<Answer>): (earlier: Notes) => Promise<Answer> {
  let used = false;
  return async (earlier) => {
    if (used) {
      const next = 'Nothing was sent. Make a new plan.';
      return { outcome: 'unsent', fault: fault('broken', 'This step was sent before.', next).fault };
    }
    used = true;
    try {
      return await send(earlier);
    } catch (error) {
      // An earlier step's notes made an address that cannot be: nothing was sent.
      if (error instanceof FaultError) return { outcome: 'unsent', fault: error.fault };
      throw error;
    }
  };
}
