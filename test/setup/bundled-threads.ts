import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import type { Plugin } from 'vitest/config';

const root = join(import.meta.dirname, '../..');
const output = join(root, 'node_modules/.cache/threads/page-writer-worker.js');
const bundled = "new URL('./page-writer-worker.js', import.meta.url)";

/**
 * The thread that keeps pages is started from one file, as in the bundle: from its sources, whose types Node would strip in
 * each thread anew, a start takes six times as long, and the tests start hundreds.
 */
export function bundledThreads(): Plugin {
  let built: Promise<unknown> | null = null;
  return {
    name: 'bundled-threads',
    enforce: 'pre',
    async transform(code, id) {
      if (!id.endsWith('/src/app/start-page-writer.ts')) return null;
      if (!code.includes(bundled)) throw new Error(`${id} does not hold ${bundled}.`);
      const input = join(root, 'src/app/page-writer-worker.ts');
      built ??= build({ input, platform: 'node', output: { file: output } });
      await built;
      return code.replace(bundled, `new URL(${JSON.stringify(pathToFileURL(output).href)})`);
    },
  };
}
