// Bundles src/ into dist/; with --plain, without any patch. Builds beside the old bundle and swaps, so that a running program keeps its files.
import { rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'rolldown';
import { bundle as patched, plainBundle } from './build/bundle.ts';
import { commitDefine } from './build/commit.ts';

const { plain } = parseArgs({ options: { plain: { type: 'boolean', default: false } } }).values;
const chosen = plain ? plainBundle : patched;
const define = { ...chosen.transform.define, ...(await commitDefine()) };
const bundle = { ...chosen, transform: { ...chosen.transform, define } };
const fresh = `dist.${process.pid}`;
const old = `${fresh}.old`;
const begun = new Date();

await build({ ...bundle, output: { ...bundle.output, dir: fresh } });
// As old as its sources: a source saved meanwhile is newer.
await utimes(join(fresh, 'main.js'), begun, begun);
await rename('dist', old).catch(() => undefined);
await rename(fresh, 'dist');
await rm(old, { recursive: true, force: true });
