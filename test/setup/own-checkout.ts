import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export interface OwnCheckout {
  readonly path: string;
  remove(): void;
}

/** A checkout whose sources a test may change, with its own bundle. */
export function ownCheckout(): OwnCheckout {
  const path = mkdtempSync(join(tmpdir(), 'subdeck-checkout-'));
  for (const part of ['bin', 'build', 'build.js', 'dev', 'package.json', 'src', 'tsconfig.json', 'dist']) {
    cpSync(join(root, part), join(path, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
