import { type CallToolResult, Client, InMemoryTransport } from '@modelcontextprotocol/client';
import type { App } from '../../src/app/open-app.ts';
import { assistantContext } from '../../src/assistant/assistant-context.ts';
import { commandTools } from '../../src/assistant/command-tools.ts';
import { planCreate } from '../../src/assistant/plan-create.ts';
import { createServer, type ServerDeps } from '../../src/assistant/server.ts';
import { commands } from '../../src/commands/table.ts';
import { fault } from '../../src/model/fault.ts';

export const tools = [...commandTools(commands), planCreate];

/** What a server needs, as the mode puts it together. `crashes` collects errors that nobody expected. */
function depsOf(app: App, only: string | null, crashes: unknown[]): ServerDeps {
  return {
    version: '9.9.9',
    tools,
    context: assistantContext(app.context, only),
    log: app.context.assistantCalls,
    only,
    outOfDate: () => app.outOfDate(),
    crashed: (error) => {
      crashes.push(error);
      return fault('broken', 'Subdeck failed unexpectedly.', 'Report it.').fault;
    },
  };
}

export interface Assistant {
  readonly client: Client;
  /** Errors that nobody expected. */
  readonly crashes: readonly unknown[];
  /** The result of a tool; rejects with the protocol's error. */
  call(name: string, given?: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<CallToolResult>;
  /** What an answer holds; throws for an error of the tool. */
  data(name: string, given?: Readonly<Record<string, unknown>>): Promise<Answered>;
  close(): Promise<void>;
}

export interface Answered {
  readonly outcome: string;
  // biome-ignore lint/suspicious/noExplicitAny: the shapes of rows are what is tested.
  readonly rows: any[];
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly result: any;
  readonly notes: string[];
  readonly faults: { readonly kind: string; readonly message: string; readonly next: string }[];
  readonly cut?: string[];
  readonly nextCursor: string | null;
}

/** A client of the real package, connected to a server in this process. */
export async function openAssistant(app: App, only: string | null = null): Promise<Assistant> {
  const crashes: unknown[] = [];
  const [here, there] = InMemoryTransport.createLinkedPair();
  const server = createServer(depsOf(app, only, crashes));
  await server.connect(there);
  const client = new Client({ name: 'tester\u001b[31m', version: '1.0' });
  await client.connect(here);
  await client.listTools();
  const call: Assistant['call'] = (name, given = {}, signal) =>
    client.callTool({ name, arguments: given }, signal === undefined ? {} : { signal });
  return {
    client,
    crashes,
    call,
    async data(name, given = {}) {
      const { isError, structuredContent } = await call(name, given);
      if (isError === true) throw new Error(JSON.stringify(structuredContent));
      return structuredContent as unknown as Answered;
    },
    async close() {
      await client.close();
      await server.close();
    },
  };
}

/** The error of a tool. */
export function errorOf({ isError, structuredContent }: CallToolResult): {
  kind: string;
  message: string;
  next: string;
} {
  if (isError !== true) throw new Error(`No error: ${JSON.stringify(structuredContent).slice(0, 300)}`);
  return (structuredContent as { error: { kind: string; message: string; next: string } }).error;
}
