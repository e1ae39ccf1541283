import { describe, expect, onTestFinished, test } from 'vitest';
import type { ProbeReport } from '../../src/api/probe/report.ts';
import { shapeOf } from '../../src/api/probe/shapes.ts';
import { vendors } from '../../src/api/registry.ts';
import { vendorIn } from '../../src/api/vendor-kind.ts';
import { withDefaults } from '../../src/model/setting-check.ts';
import { type SandboxOptions, startSandbox } from '../../src/sandbox/start.ts';
import { sandboxVendors } from '../../src/sandbox/vendors.ts';
import { fastClock } from '../fault-server/clocks.ts';
import { createVendor, syncAll } from './fixtures/adapter.ts';
import { testSetup } from './fixtures/setup.ts';

const connectionNames = [
  ...['cloudmore-seller', 'cloudmore-reseller', 'interworks', 'interworks-free', 'vmware', 'lineworks'],
  'cloudcockpit',
];

interface Probed {
  readonly report: ProbeReport;
  readonly served: readonly { readonly method: string; readonly path: string }[];
  /** Ids and names in the vendor's rows. */
  readonly values: readonly string[];
}

async function probed(name: string, options: SandboxOptions = {}, withValues = false): Promise<Probed> {
  const clock = fastClock();
  const sandbox = await startSandbox({ today: '2026-11-21', scale: 3000, rateLimits: true, ...options }, clock);
  onTestFinished(sandbox.stop);
  const found = sandbox.connections.find((connection) => connection.name === name);
  if (!found) throw new Error(`The sandbox has no connection ${name}.`);
  const { vendor, secrets } = found;
  const settings = withDefaults(found.settings, vendorIn(vendors, vendor).settings);
  const report = await vendorIn(vendors, vendor).probe({
    ...testSetup({ name, settings, secrets: async () => secrets }),
    clock,
  });
  const log = await (await fetch(`${sandbox.origins[vendor]}/_sandbox/requests`)).text();
  const served = log
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  if (!withValues) return { report, served, values: [] };
  const { rows, nodes } = await syncAll(await createVendor(vendor, settings, { secrets: async () => secrets, clock }));
  const own = rows.flatMap(({ subscription: { id, name: title, externalIds } }) => [
    id,
    title,
    ...Object.values(externalIds),
  ]);
  const places = nodes.flatMap(({ id, name: title }) => [id, title]);
  return { report, served, values: [...new Set<string>([...own, ...places])].filter((value) => value.length > 5) };
}

const finding = ({ assumptions }: ProbeReport, id: string) => assumptions.find((one) => one.id === id);

describe.each(connectionNames)('a probe of %s', (name) => {
  test('only reads, and its report contains no value of the vendor', async () => {
    const { report, served, values } = await probed(name, {}, true);
    const writes = served.filter(({ method, path }) => method !== 'GET' && !/token|\/search$/.test(path));
    expect(writes).toEqual([]);
    const text = JSON.stringify(report);
    expect(values.length).toBeGreaterThan(10);
    expect(values.filter((value) => text.includes(JSON.stringify(value).slice(1, -1)))).toEqual([]);
    expect(report.shapes[0]?.count).toBeGreaterThan(0);
    expect(report.error?.status).toBeGreaterThanOrEqual(400);
  });

  test('reports for every assumption whether it holds, and why if it stays open', async () => {
    const { report } = await probed(name);
    expect(report.assumptions.map(({ id }) => id)).toEqual(Object.keys(vendorIn(vendors, report.vendor).assumptions));
    for (const { seen } of report.assumptions) expect(seen).toMatch(/^\S.*\.$/);
    expect(report.assumptions.filter(({ finding: is }) => is === 'holds').length).toBeGreaterThan(1);
    expect(report.clockDifferenceSeconds).not.toBeNull();
  });
});

const findings: readonly [string, string, string, string, string, string | null][] = [
  ['interworks', 'list-paging', 'page-size', 'holds', 'page and size are used', null],
  ['interworks', 'list-paging', 'page-index-0', 'holds', 'pageIndex (from 0)', null],
  ['interworks', 'list-paging', 'page-index-1', 'holds', 'pageIndex (from 1)', null],
  ['interworks', 'list-paging', 'page-index-strict', 'holds', 'pageIndex (from 1)', null],
  ['interworks', 'list-paging', 'page-size-strict', 'holds', 'page and size are used', null],
  ['interworks', 'list-paging', 'page-index-only', 'holds', 'pageIndex (from 0)', null],
  ['interworks', 'list-paging', 'capped-offset', 'holds', 'page and size are used', null],
  ['interworks', 'list-paging', 'none', 'does-not-hold', 'Neither pair', 'assume.list-paging=none'],
  ['interworks', 'api-version', 'any', 'holds', '3.0 is accepted', null],
  ['interworks', 'api-version', '3-only', 'does-not-hold', 'set apiVersion=3', null],
  ['cloudmore-reseller', 'history-path', 'either', 'holds', 'Both', null],
  ['cloudmore-reseller', 'history-path', 'document', 'holds', 'Only the documented', null],
  ['cloudmore-reseller', 'history-path', 'swagger', 'holds', 'Only the other', null],
  ['cloudmore-reseller', 'price-list-currency', 'optional', 'holds', 'without a parameter', null],
  ['cloudmore-reseller', 'price-list-currency', 'required', 'holds', 'requires currency', null],
  ['cloudmore-reseller', 'organizations-show-active', 'required', 'holds', 'requires showActive', null],
  ['cloudcockpit', 'status-filter-name', 'subscriptionStatuses', 'holds', 'applies subscriptionStatuses', null],
  ['cloudcockpit', 'status-filter-name', 'statuses', 'holds', 'applies statuses', null],
  ['cloudcockpit', 'status-filter-name', 'ignored', 'does-not-hold', 'Neither name', null],
  ['vmware', 'inactive-value', 'either', 'holds', 'The string is accepted', null],
  ['vmware', 'inactive-value', 'boolean', 'does-not-hold', 'the boolean is accepted', 'assume.inactive-value=boolean'],
  ['vmware', 'next-at-end', 'omitted', 'holds', 'missing', null],
  ['vmware', 'next-at-end', 'zero', 'holds', 'is 0', null],
  ['vmware', 'next-at-end', 'same', 'holds', 'the same page', null],
  ['vmware', 'next-at-end', 'beyond', 'holds', 'beyond the total', null],
  ['vmware', 'next-at-end', 'silent', 'does-not-hold', 'No answer gives a total', null],
  ['lineworks', 'rate-limit', 'paid', 'holds', '240', null],
  ['lineworks', 'rate-limit', 'free', 'holds', '60', null],
];
test.each(findings)('%s: %s, simulated as %s, %s', async (name, id, reading, is, words, propose) => {
  const { report, served } = await probed(name, { variants: { [id]: reading } });
  expect(finding(report, id)).toMatchObject({ finding: is, seen: expect.stringContaining(words), propose });
  expectComplete(report, served, id);
});

function expectComplete(report: ProbeReport, served: Probed['served'], id: string): void {
  expect(finding(report, id)?.seen).toMatch(/^\S.*\.$/);
  expect(served.filter(({ method, path }) => method !== 'GET' && !/token|\/search$/.test(path))).toEqual([]);
}

const others = sandboxVendors.flatMap(({ id: vendor, variants }) =>
  Object.entries(variants).flatMap(([id, readings]) => {
    const name = connectionNames.find((one) => one.startsWith(vendor) && one !== 'cloudmore-seller') ?? '';
    const isAbove = (reading: string) => findings.some((one) => one[0] === name && one[1] === id && one[2] === reading);
    return readings.flatMap((reading) => (isAbove(reading) ? [] : [[name, id, reading] as const]));
  }),
);
test.each(others)('the probe of %s completes where %s is %s', async (name, id, reading) => {
  const { report, served } = await probed(name, { variants: { [id]: reading }, scale: 1000 });
  expectComplete(report, served, id);
});

test('the rate-limit assumption of LINE WORKS does not hold without headers', async () => {
  const { report } = await probed('lineworks', { rateLimits: false });
  expect(finding(report, 'rate-limit')).toMatchObject({ finding: 'does-not-hold' });
});

test('hides field names that look like values', () => {
  const { fields } = shapeOf('a row', [{ id: 7, 'Acme Ltd': 1, '8d1e4c8e-9a63-3f5f': { x: null }, at: '2026-11-21' }]);
  expect(fields.map(({ name }) => name)).toEqual(['id', '(another name)', '(another name).x', 'at']);
  expect(fields.at(-1)?.types).toEqual(['day']);
});
