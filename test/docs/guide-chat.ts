import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** A chat's incoming webhook. */
export interface GuideChat {
  readonly url: string;
  /** The bodies that were posted as JSON, in order. */
  readonly messages: readonly unknown[];
  close(): Promise<void>;
}

export async function openGuideChat(): Promise<GuideChat> {
  const messages: unknown[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const isJson = request.method === 'POST' && request.headers['content-type'] === 'application/json';
    if (isJson) messages.push(JSON.parse(body));
    response.writeHead(isJson ? 200 : 400).end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    messages,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
