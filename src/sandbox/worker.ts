import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerOrder, WorkerReport } from './embedded.ts';
import { type SandboxOptions, startSandbox } from './start.ts';

/** A worker's entry: serves the sandbox with the options in `workerData`, reports where, and obeys the parent's orders. */
const options: SandboxOptions = workerData;
const report = (message: WorkerReport) => parentPort?.postMessage(message);

try {
  const sandbox = await startSandbox(options);
  parentPort?.on('message', async (order: WorkerOrder) => {
    if (order.do === 'add-faults') await sandbox.addFaults(order.orders);
    else if (order.do === 'clear-faults') await sandbox.clearFaults();
    else await sandbox.stop();
    report({ done: order.number });
    if (order.do === 'stop') parentPort?.close();
  });
  const { connections, origins, ticket } = sandbox;
  report({ started: { connections, origins, ticket } });
} catch (error) {
  report({ failed: error instanceof Error ? error.message : String(error) });
}
