import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { boundedLines, mostMessageBytes, requestId } from './bounded-lines.ts';
import { createServer, type ServerDeps } from './server.ts';

export interface ServeStreams {
  readonly input: Readable;
  /** Nothing but the protocol may be written to it. */
  readonly output: Writable;
  /** Told of what goes wrong beside the answers. */
  err(text: string): void;
}

/** Answers a client until it closes `input`, no longer reads `output`, or `signal` aborts. Calls in progress are stopped then. */
export async function serve(
  deps: ServerDeps,
  { input, output, err }: ServeStreams,
  signal: AbortSignal,
): Promise<void> {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const end = () => resolve();
  input.once('end', end).once('close', end).once('error', end);
  output.once('close', end).on('error', end);
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted || input.readableEnded) end();
  const lines = boundedLines((beginning) => {
    const message = `A message may have at most ${mostMessageBytes} bytes. Next: ask for less in one call.`;
    const answer = { jsonrpc: '2.0', id: requestId(beginning), error: { code: invalidRequest, message } };
    output.write(`${JSON.stringify(answer)}\n`);
  });
  const handle = serveStdio(() => createServer(deps), {
    transport: new StdioServerTransport(input.pipe(lines), output),
    onerror: (error) => err(`${error.message}\n`),
  });
  await ended;
  await handle.close();
  input.unpipe(lines);
}

const invalidRequest = -32_600;
