import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { childProgram } from '../setup/child-program.ts';
import { json, serve } from './fixtures/server.ts';

/** Short, so that the test is fast; the stop lasts longer. */
const deadline = 1000;
const script = await childProgram(join(import.meta.dirname, 'fixtures/one-write.ts'));

type Answer = (response: ServerResponse) => void;

/** A process that sends a write, is stopped past its deadline, and then continues; the vendor answers in between. */
async function stopped(answer: Answer, onTestFinished: (end: () => void) => void): Promise<{ outcome: string }> {
  const server = await serve(({ method }, response) => {
    if (method === 'GET') return json(response, 200, {});
    child.kill('SIGSTOP');
    answer(response);
    void sleep(1.5 * deadline).then(() => child.kill('SIGCONT'));
  });
  onTestFinished(server.stop);
  const child = spawn(process.execPath, [script, server.origin, String(deadline)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  await once(child, 'exit');
  return JSON.parse(said);
}

const wide = JSON.stringify({ id: 'rq-1', note: Array.from({ length: 40_000 }, (_, index) => index * 7919).join() });

test.concurrent.for<readonly [string, Answer]>([
  ['a short answer', (response) => json(response, 200, { id: 'rq-1' })],
  [
    'an answer in two parts',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":');
      setTimeout(() => response.end('"rq-1"}'), deadline);
    },
  ],
  [
    'a long compressed answer',
    (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(wide)),
  ],
  [
    'an answer followed by a closed connection',
    (response) => response.writeHead(200, { connection: 'close' }).end(wide),
  ],
])(
  'a process stopped during a write reads %s that arrived before giving up',
  async ([, answer], { onTestFinished }) => {
    expect(await stopped(answer, onTestFinished)).toMatchObject({ outcome: 'done' });
  },
);

test.concurrent('without an answer the write is unknown soon after', async ({ onTestFinished }) => {
  const began = performance.now();
  expect(await stopped(() => undefined, onTestFinished)).toMatchObject({ outcome: 'unknown', fault: { sent: true } });
  expect(performance.now() - began).toBeLessThan(15_000);
});
