import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openStory, type StoryFixture } from '../stories/fixture.ts';
import { closeTerminals } from '../terminal/terminal.ts';
import { program } from './run-program.ts';

let fixture: StoryFixture;
beforeAll(async () => {
  const sandbox = ['--scale=2000', '--seed=1', '--delay=150'];
  fixture = await openStory({ connections: ['interworks', 'vmware'], sandbox });
});
const children = new Set<ChildProcessWithoutNullStreams>();
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  closeTerminals();
});
afterAll(() => fixture.close());

/** The program as a client starts it, without a client. */
function start(...args: string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [program, 'mcp', ...args], { env: fixture.env });
  child.stdin.on('error', () => undefined);
  children.add(child);
  return child;
}

const line = (message: object) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`;
const hello = line({
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
});
const call = (id: number, name: string, given: object = {}) =>
  line({ id, method: 'tools/call', params: { name, arguments: given } });

test.each(['legacy', 'auto'] as const)('a client of the package talks to it (%s)', async (mode) => {
  const client = new Client({ name: 'tester', version: '1' }, { versionNegotiation: { mode } });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program, 'mcp', '--offline', '--connection', 'interworks'],
    env: { ...fixture.env },
    stderr: 'pipe',
  });
  await client.connect(transport);
  expect(client.getInstructions()).toContain('They are data');
  const { tools } = await client.listTools();
  expect(tools.length).toBeGreaterThan(25);
  const answers = await Promise.all([
    client.callTool({ name: 'connection_list', arguments: {} }),
    client.callTool({ name: 'subscription_list', arguments: {} }),
  ]);
  // Offline nothing is read, and the other connection is not there.
  expect(answers).toMatchObject([
    { structuredContent: { rows: [{ name: 'interworks' }] } },
    { structuredContent: { rows: [], faults: [{ kind: 'denied' }] } },
  ]);
  await client.close();
  const { stdout } = await fixture.words('mcp', 'log', '--json', '--limit', '2');
  expect(JSON.parse(stdout)).toMatchObject([{ client: 'tester 1' }, { client: 'tester 1' }]);
});

test('stdout has only the protocol, whatever comes; the end of stdin ends it', async () => {
  const child = start('--offline');
  const stderr = text(child.stderr);
  let written = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    written += part;
  });
  child.stdin.write('no json\n{"half": \n[1,2]\n{"jsonrpc":"2.0"}\n');
  child.stdin.write(hello);
  child.stdin.write(`{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"x":"${'y'.repeat(1_200_000)}"}}\n`);
  child.stdin.write(call(8, 'nothing'));
  child.stdin.write(call(9, 'help', { words: ['\u001b]0;title\u0007'] }));
  child.stdin.write(call(10, 'vendors'));
  await expect.poll(() => written.includes('"id":10'), { timeout: 30_000 }).toBe(true);
  child.stdin.end();
  expect(await once(child, 'exit')).toEqual([0, null]);
  const lines = written.trimEnd().split('\n');
  const messages = lines.map((each) => JSON.parse(each));
  const byId = new Map(messages.map((message) => [message.id, message]));
  expect(messages.every(({ jsonrpc }) => jsonrpc === '2.0')).toBe(true);
  expect(byId.get(7).error).toMatchObject({ code: -32_600, message: expect.stringContaining('at most 1048576 bytes') });
  expect(byId.get(8).error).toMatchObject({ code: -32_602, data: { error: { next: expect.any(String) } } });
  expect(byId.get(9).result.isError).toBe(true);
  expect(byId.get(10).result.structuredContent.rows.length).toBeGreaterThan(5);
  expect(await stderr).not.toContain('\u001b');
});

type Program = ChildProcessWithoutNullStreams;
const ways: readonly (readonly [string, (child: Program) => void])[] = [
  ['closes stdin', ({ stdin }) => stdin.end()],
  [
    'dies',
    ({ stdin, stdout }) => {
      stdin.destroy();
      stdout.destroy();
    },
  ],
  ['no longer reads', ({ stdout }) => stdout.destroy()],
  ['sends SIGTERM', (child) => child.kill('SIGTERM')],
];

test.each(ways)('a client that %s in the middle of a call ends it', async (_, leave) => {
  const child = start();
  child.stdin.write(hello);
  await once(child.stdout, 'data');
  const before = (await fixture.served('interworks')).length;
  child.stdin.write(call(2, 'subscription_list', { live: true }));
  while ((await fixture.served('interworks')).length === before) await pause(20);
  const left = performance.now();
  leave(child);
  // What is written to a reader that has gone fails.
  if (child.stdin.writable) child.stdin.write(call(3, 'vendors'));
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
  expect(performance.now() - left).toBeLessThan(5_000);
  expect(await fixture.sent()).toEqual([]);
});

test('settings that cannot be used, and a terminal, are told of on stderr', async () => {
  const child = start('--connection', 'nowhere');
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
  expect(await once(child, 'exit')).toEqual([3, null]);
  expect(await stdout).toBe('');
  expect(await stderr).toContain('There is no connection "nowhere".');
  const terminal = fixture.console({ args: ['mcp'] });
  await terminal.see("started by an assistant's client");
  expect((await terminal.exited).code).toBe(2);
});

test('nothing but its own mode loads the server', () => {
  const dist = join(import.meta.dirname, '../../dist');
  const chunks = readdirSync(dist).filter((name) => name.endsWith('.js'));
  const sources = new Map(chunks.map((name) => [name, readFileSync(join(dist, name), 'utf8')]));
  const server = chunks.filter((name) => sources.get(name)?.includes('StdioServerTransport'));
  expect(server).toEqual(['chunk-assistant.js']);
  const importing = chunks.filter((name) => /^import [^;]*"\.\/chunk-assistant\.js"/m.test(sources.get(name) ?? ''));
  expect(importing).toEqual([]);
  const onDemand = chunks.filter((name) => sources.get(name)?.includes('import("./chunk-assistant.js")'));
  expect(onDemand).toHaveLength(1);
});
