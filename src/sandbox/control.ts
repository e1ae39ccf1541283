import { type FaultQueue, isFaultOrders } from './faults.ts';
import type { RequestLog } from './log.ts';

/**
 * The sandbox's own addresses on each origin, not part of any vendor and never logged: `GET /_sandbox/requests` gives the
 * log as NDJSON, `POST /_sandbox/faults` takes a JSON list of fault orders (204), `DELETE` forgets all orders (204).
 */
export function control(method: string, path: string, body: string, log: RequestLog, faults: FaultQueue): Response {
  if (method === 'GET' && path === '/_sandbox/requests') {
    return new Response([...log.lines()].join(''), {
      headers: { 'content-type': 'application/x-ndjson; charset=utf-8' },
    });
  }
  if (method === 'POST' && path === '/_sandbox/faults') return order(body, faults);
  if (method === 'DELETE' && path === '/_sandbox/faults') {
    faults.clear();
    return new Response(null, { status: 204 });
  }
  return new Response('The sandbox answers GET /_sandbox/requests and POST and DELETE /_sandbox/faults.\n', {
    status: 404,
  });
}

function order(body: string, faults: FaultQueue): Response {
  try {
    const orders: unknown = JSON.parse(body);
    if (isFaultOrders(orders)) {
      faults.add(orders);
      return new Response(null, { status: 204 });
    }
  } catch {
    // Not JSON: the answer below says what is wanted.
  }
  return new Response('Send a JSON list of {vendor, method, path, nth, do, status, milliseconds}.\n', { status: 400 });
}
