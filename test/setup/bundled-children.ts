import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import type { Plugin } from 'vitest/config';

const root = join(import.meta.dirname, '../..');

/** Code that starts a thread or a process from a source file, and that file. */
const children: Readonly<Record<string, string>> = {
  'src/app/start-page-writer.ts': 'src/app/page-writer-worker.ts',
  'src/secrets/keychain.ts': 'src/secrets/keychain-child.ts',
};

/**
 * Bundles the code of each thread and child process into one file: starting from the sources, whose types Node strips
 * each time, takes several times as long, and the tests start hundreds.
 */
export function bundledChildren(): Plugin {
  const bundles = new Map<string, Promise<string>>();
  return {
    name: 'bundled-children',
    enforce: 'pre',
    async transform(code, id) {
      const [, source] = Object.entries(children).find(([file]) => id.endsWith(`/${file}`)) ?? [];
      if (source === undefined) return null;
      const named = `'./${basename(source)}'`;
      if (!code.includes(named)) throw new Error(`${id} does not name ${named}.`);
      const bundle = bundles.get(source) ?? bundled(source);
      bundles.set(source, bundle);
      return code.replace(named, JSON.stringify(await bundle));
    },
  };
}

/** Exports the URL of one file. */
async function bundled(source: string): Promise<string> {
  const file = join(root, 'node_modules/.cache/children', basename(source).replace(/ts$/, 'js'));
  await build({
    input: join(root, source),
    platform: 'node',
    external: /^@napi-rs\//,
    output: { file, codeSplitting: false },
  });
  return pathToFileURL(file).href;
}
