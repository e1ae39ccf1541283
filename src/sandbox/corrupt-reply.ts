import type { ServerResponse } from 'node:http';
import type { FaultOrder } from './fault-order.ts';
import type { SandboxTime } from './time.ts';

const longest = 4 * 1024 * 1024;
const dripPause = 50;
const dripDefault = 10_000;

/** Sends half of an answer with the length of the whole, then closes the connection. */
export async function truncate(answer: Response, outgoing: ServerResponse): Promise<void> {
  const body = await beginning(answer);
  outgoing.writeHead(answer.status, headersOf(answer, body.length));
  outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => outgoing.destroy());
}

/** The same answer with a body that no JSON reader accepts. */
export async function breakJson(answer: Response): Promise<Response> {
  const body = await beginning(answer);
  const half = body.subarray(0, Math.floor(body.length / 2)).toString('utf8');
  const headers = new Headers(answer.headers);
  headers.delete('content-length');
  headers.set('content-type', 'application/json; charset=utf-8');
  return new Response(`${half}{"`, { status: answer.status === 204 ? 200 : answer.status, headers });
}

/** Sends an answer one byte every 50 ms; after the order's milliseconds (10 s) the rest follows at once. */
export async function drip(
  answer: Response,
  outgoing: ServerResponse,
  order: FaultOrder,
  time: SandboxTime,
  stopped: AbortSignal,
): Promise<void> {
  const body = await beginning(answer);
  outgoing.writeHead(answer.status, headersOf(answer, body.length));
  const slow = Math.min(body.length, Math.floor((order.milliseconds ?? dripDefault) / dripPause));
  for (let at = 0; at < slow && !outgoing.destroyed && !stopped.aborted; at++) {
    outgoing.write(body.subarray(at, at + 1));
    await time.wait(dripPause, stopped);
  }
  outgoing.end(body.subarray(slow));
}

/** The body, or its first 4 MiB; the rest is never computed. */
async function beginning(answer: Response): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of answer.body ?? []) {
    pieces.push(piece);
    length += piece.length;
    if (length >= longest) break;
  }
  return Buffer.concat(pieces);
}

function headersOf(answer: Response, length: number): Record<string, string> {
  return { ...Object.fromEntries(answer.headers), 'content-length': String(length) };
}
