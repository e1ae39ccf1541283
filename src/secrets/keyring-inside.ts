import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRawAsset } from 'node:sea';
import type * as Keyring from '@napi-rs/keyring';

type Addon = Pick<typeof Keyring, 'Entry'>;

/** The asset of the single executable that holds the addon. */
const asset = 'keyring.node';

let loaded: Addon | null = null;

/** Stands for that of `@napi-rs/keyring` in the single executable, which has the addon inside. The constructor throws where it cannot be loaded. */
export const Entry = new Proxy(class {} as unknown as Addon['Entry'], {
  construct: (_, given: ConstructorParameters<Addon['Entry']>) => {
    loaded ??= loadAddon();
    return new loaded.Entry(...given);
  },
});

/**
 * Node loads addons from files only, so it is a file for a moment, in a new directory of this user alone. Some systems run
 * nothing from `/tmp`, so the home directory is tried as well.
 */
function loadAddon(): Addon {
  const failures: unknown[] = [];
  for (const parent of [tmpdir(), homedir()]) {
    let directory: string | null = null;
    try {
      directory = mkdtempSync(join(parent, '.subdeck-keyring-'));
      const file = join(directory, asset);
      writeFileSync(file, new Uint8Array(getRawAsset(asset)), { mode: 0o600, flag: 'wx' });
      const addon = { exports: {} as Addon };
      process.dlopen(addon, file);
      return addon.exports;
    } catch (error) {
      failures.push(error);
    } finally {
      if (directory !== null) rmSync(directory, { recursive: true, force: true });
    }
  }
  throw failures[0];
}
