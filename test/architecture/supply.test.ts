import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const own = JSON.parse(readFileSync('package.json', 'utf8'));
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));

test('[fault 99] dependencies are pinned, come from the registry and run no scripts', () => {
  for (const version of Object.values({ ...own.dependencies, ...own.devDependencies })) {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  }
  const scripts: string[] = [];
  for (const [path, { resolved, integrity, link, hasInstallScript }] of Object.entries<Record<string, unknown>>(
    lock.packages,
  )) {
    if (path === '' || link === true) continue;
    expect([path, resolved ?? 'https://registry.npmjs.org/']).toEqual([
      path,
      expect.stringMatching(/^https:\/\/registry\.npmjs\.org\//),
    ]);
    expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-/)]);
    if (hasInstallScript === true) scripts.push(path.replace('node_modules/', ''));
  }
  for (const name of scripts) expect(Object.keys(own.allowScripts)).toContain(name);
});
