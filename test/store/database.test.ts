import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { openScratch, scratch } from './rows.ts';

/** Another thread in the middle of a write, which counts to a hundred thousand before it ends. */
const writer = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(workerData.path);
  database.exec('BEGIN IMMEDIATE');
  parentPort.postMessage('writes');
  Atomics.wait(workerData.told, 0, 0);
  database.exec('WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT max(i) FROM n');
  Atomics.store(workerData.told, 1, 1);
  database.exec('COMMIT');
  database.close();`;

it('a program that is about to stop waits for the end of a write', async () => {
  const path = join(scratch(), 'cache.db');
  const cache = openScratch(path);
  const told = new Int32Array(new SharedArrayBuffer(8));
  const thread = new Worker(writer, { eval: true, workerData: { path, told } });
  onTestFinished(async () => void (await thread.terminate()));
  await once(thread, 'message');
  Atomics.store(told, 0, 1);
  Atomics.notify(told, 0);
  cache.letWritesEnd();
  expect(Atomics.load(told, 1)).toBe(1);
});
