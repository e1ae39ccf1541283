import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import type { BundledPackage } from '../third-party-licenses.ts';

interface Component {
  readonly 'bom-ref': string;
  readonly [property: string]: unknown;
}

interface Bill {
  readonly metadata: { readonly component: Component; readonly [property: string]: unknown };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
  readonly [property: string]: unknown;
}

/**
 * What a release contains, as CycloneDX: npm's list of what is installed, reduced to the packages that are inside, and Node, which
 * is in the executable. `date` in seconds since 1970.
 */
export async function softwareBill(packages: readonly BundledPackage[], date: number): Promise<string> {
  const words = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const { stdout } = await promisify(execFile)('npm', words, { maxBuffer: 64 * 1024 ** 2 });
  const whole: Bill = JSON.parse(stdout);
  const own = { ...whole.metadata.component, type: 'application', name: 'subdeck' };
  const inside = new Set([own['bom-ref'], ...packages.map(({ name, version }) => `${name}@${version}`)]);
  const components = whole.components.filter((component) => inside.has(component['bom-ref'])).map(withoutProperties);
  if (components.length + 1 < inside.size) throw new Error('npm does not list every package that is in the bundle.');
  const bill = {
    ...whole,
    metadata: { ...whole.metadata, timestamp: new Date(date * 1_000).toISOString(), component: own },
    components: [...components, node()],
    dependencies: whole.dependencies
      .filter(({ ref }) => inside.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => inside.has(other)) })),
  };
  // Made of the content instead of by chance, so that the same sources make the same file.
  const serialNumber = `urn:uuid:${uuidOf(JSON.stringify({ ...bill, serialNumber: undefined }))}`;
  return `${JSON.stringify({ ...bill, serialNumber }, null, 2)}\n`;
}

/** The properties say where npm installed it, and that it is needed for building alone. */
function withoutProperties({ properties: _, ...component }: Component): Component {
  return { ...component, 'bom-ref': component['bom-ref'], scope: 'required' };
}

/** Only the executable, and the Debian package of it, contain Node. */
function node(): Component {
  const { node: version } = process.versions;
  return {
    'bom-ref': `node@${version}`,
    type: 'platform',
    name: 'node',
    version,
    scope: 'optional',
    purl: `pkg:generic/node@${version}`,
    externalReferences: [{ type: 'distribution', url: `https://nodejs.org/dist/v${version}/` }],
    licenses: [{ license: { id: 'MIT' } }],
  };
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}
