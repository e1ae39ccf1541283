import type { ProbeReport } from '../../../../src/api/probe/report.ts';
import { open, runProbe } from '../../../../src/api/probe/run.ts';
import type { VendorSetup } from '../../../../src/api/setup.ts';
import { openClient } from './client.ts';
import { acme } from './vendor.ts';

export async function probeAcme(setup: VendorSetup, signal?: AbortSignal): Promise<ProbeReport> {
  const { probe, mapped } = openClient(setup);
  const { body } = await probe.ask({ path: '/subscriptions', query: { page: 1, size: 25 }, signal });
  const items = Object(body).items;
  const rows: readonly unknown[] = Array.isArray(items) ? items : [];
  const readings = rows.map(mapped).filter((reading) => reading !== null);
  return runProbe({
    vendor: 'acme',
    assumptions: acme.assumptions,
    client: probe,
    sample: { rows, readings },
    checks: { 'acme-names-unique': () => open(`${rows.length} rows do not tell.`) },
    shapes: [],
    error: await probe.ask({ path: '/subscriptions/none', signal }),
  });
}
