/** How src/ becomes a bundle: one entry for the command, one for each worker or child it starts, and a chunk for each mode. */

import { onlyAscii } from './patches/ascii.js';
import { emojiAtFirstUse } from './patches/emoji.js';
import { gotAlone } from './patches/got.js';
import { fewTextsKept } from './patches/ink-few-texts.js';
import { framesOfLines } from './patches/ink-frame-buffer.js';
import { stylesAsTheyAre } from './patches/ink-styles.js';
import { intlAtFirstUse } from './patches/intl.js';
import { builtinsAsNamed } from './patches/node-builtins.js';
import { layoutAtHand } from './patches/yoga.js';

/** What the bundle changes of its dependencies, in the order in which it is applied; each file says why. */
const patches = [
  framesOfLines,
  fewTextsKept,
  stylesAsTheyAre,
  intlAtFirstUse,
  emojiAtFirstUse,
  layoutAtHand,
  gotAlone,
  builtinsAsNamed,
  onlyAscii,
];

/** For rolldown, without the directory that it writes to. */
export const bundle = {
  plugins: patches,
  input: {
    main: 'src/main.ts',
    'keychain-child': 'src/secrets/keychain-child.ts',
    'page-writer-worker': 'src/app/page-writer-worker.ts',
    'sandbox-worker': 'src/sandbox/worker.ts',
  },
  platform: 'node',
  external: [/^@napi-rs\/keyring/, 'react-devtools-core'],
  transform: { define: { 'process.env.NODE_ENV': '"production"' }, jsx: 'react-jsx' },
  logLevel: 'warn',
  output: {
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunk-[name].js',
  },
};

/** The same without any patch: what ships differs from it by the patches alone. */
export const plainBundle = { ...bundle, plugins: [] };
