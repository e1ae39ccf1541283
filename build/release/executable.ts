import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'rolldown';
import { bundle, patches } from '../bundle.ts';
import { commitDefine } from '../commit.ts';
import { type BundledPackage, bundledPackages } from '../third-party-licenses.ts';
import { withoutUnused } from '../without-unused.ts';

const root = join(import.meta.dirname, '../..');

export interface Executable {
  readonly file: string;
  readonly packages: readonly BundledPackage[];
}

/**
 * Builds the program for machines without Node: one file of the Node that runs this, with the bundle, the workers and the addon of
 * the keychain inside. Modules are not loaded from files there, so what the bundle loads on demand is in the one module.
 */
export async function buildExecutable(directory: string): Promise<Executable> {
  const parts = join(directory, 'parts');
  const [main, ...workers] = await bundleParts(parts);
  const addon = keyringAddon();
  writeFileSync(
    join(parts, 'config.json'),
    JSON.stringify({
      // The executable names its main module by this path: it says nothing of where it was built.
      main: main.name,
      mainFormat: 'module',
      output: '../subdeck',
      disableExperimentalSEAWarning: true,
      useCodeCache: true,
      execArgv: ['--no-warnings'],
      assets: {
        ...Object.fromEntries(workers.map((worker) => [worker.name, worker.name])),
        'keyring.node': addon.file,
      },
    }),
  );
  // The compiled code depends on V8's random numbers: with a fixed seed the same sources make the same file.
  await promisify(execFile)(process.execPath, ['--random-seed=1', '--build-sea', 'config.json'], { cwd: parts });
  return {
    file: join(directory, 'subdeck'),
    packages: bundledPackages([main, ...workers, addon].flatMap(({ modules }) => modules)),
  };
}

/** Builds the main module and those of the workers, each as one file. */
export async function bundleParts(directory: string): Promise<readonly [Part, ...Part[]]> {
  mkdirSync(directory, { recursive: true });
  const main = await single('src/executable.ts', join(directory, 'main.js'), patches);
  const workers = await Promise.all(
    ['page-writer-worker', 'sandbox-worker'].map((name) =>
      single(bundle.input[name as keyof typeof bundle.input], join(directory, `${name}.js`), []),
    ),
  );
  return [main, ...workers];
}

interface Part {
  readonly name: string;
  readonly file: string;
  readonly modules: readonly string[];
}

/** Bundles a module into one file. */
async function single(input: string, file: string, plugins: typeof patches): Promise<Part> {
  const { output } = await build({
    ...{ cwd: root, platform: bundle.platform, logLevel: bundle.logLevel, input },
    plugins: [...plugins, withoutUnused],
    resolve: { alias: { '@napi-rs/keyring': join(root, 'src/secrets/keyring-inside.ts') } },
    transform: { ...bundle.transform, define: { ...bundle.transform.define, ...(await commitDefine()) } },
    output: { ...bundle.output, file, codeSplitting: false },
  });
  return { name: output[0].fileName, file, modules: output[0].moduleIds };
}

/** The addon for this platform, in the package that npm chose for it. */
function keyringAddon(): Part {
  const manifest = createRequire(import.meta.url).resolve('@napi-rs/keyring/package.json');
  const packages = dirname(dirname(manifest));
  const files = readdirSync(packages).flatMap((name) =>
    readdirSync(join(packages, name))
      .filter((file) => file.endsWith('.node'))
      .map((file) => join(packages, name, file)),
  );
  const [file, another] = files;
  if (file === undefined || another !== undefined) throw new Error('@napi-rs/keyring has no addon here, or several.');
  return { name: 'keyring.node', file, modules: [file, manifest] };
}
