/** How src/ becomes a bundle: one entry for the command, one for each worker or child it starts, and a chunk for each mode. */

import type { BuildOptions } from 'rolldown';
import { inkFrameBuffer } from './patches/ink-frame-buffer.ts';
import { inkTextWidth } from './patches/ink-text-width.ts';
import { thirdPartyLicenses } from './third-party-licenses.ts';
import { withoutUnused } from './without-unused.ts';

/** What the bundle changes of its dependencies; each file gives its reason and what it gains. */
export const patches = [inkFrameBuffer, inkTextWidth];

/** For rolldown, without the directory that it writes to. */
export const bundle = {
  plugins: [...patches, withoutUnused, thirdPartyLicenses()],
  input: {
    main: 'src/main.ts',
    'keychain-child': 'src/secrets/keychain-child.ts',
    'page-writer-worker': 'src/app/page-writer-worker.ts',
    'sandbox-worker': 'src/sandbox/worker.ts',
  },
  platform: 'node',
  // The one dependency of the package: the others are in the bundle.
  external: ['@napi-rs/keyring'],
  transform: { define: { 'process.env.NODE_ENV': '"production"' }, jsx: 'react-jsx' },
  logLevel: 'warn',
  output: {
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunk-[name].js',
    // The licenses are in a file of their own.
    comments: { legal: false, jsdoc: false },
    // A tenth smaller; names and lines stay, for reports of faults.
    minify: { compress: true, mangle: false, codegen: false },
  },
} satisfies BuildOptions;

/** The same without any patch: what ships differs from it by the patches alone. */
export const plainBundle = { ...bundle, plugins: [withoutUnused, thirdPartyLicenses()] };
