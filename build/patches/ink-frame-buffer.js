import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Frames are composed of lines, not of cells: docs/decisions/0005-frames-are-made-of-lines.md. */
export const framesOfLines = {
  name: 'frames-of-lines',
  resolveId(source, importer = '') {
    const isInk = /[\\/]node_modules[\\/](?:ink|widest-line)[\\/]/.test(importer);
    if (isInk && source === './output.js') return join(root, 'src/screens/ink/frame-lines.ts');
    if (isInk && source === './line-update.js') return join(root, 'src/screens/ink/line-update.ts');
    if (isInk && source === 'string-width') return join(root, 'src/screens/ink/cell-width.ts');
    return null;
  },
};
