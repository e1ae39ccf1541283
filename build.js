// Bundles src/ into dist/: one entry, and a chunk for each door that main.ts loads lazily.
import { rm } from 'node:fs/promises';
import { build } from 'rolldown';

await rm('dist', { recursive: true, force: true });
await build({
  input: { main: 'src/main.ts' },
  platform: 'node',
  external: ['@napi-rs/keyring', '@napi-rs/keyring/keytar.js', 'react-devtools-core'],
  transform: { define: { 'process.env.NODE_ENV': '"production"' }, jsx: 'react-jsx' },
  output: {
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunk-[name].js',
    minify: { mangle: false, compress: true, codegen: false },
  },
});
