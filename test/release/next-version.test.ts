import { expect, test } from 'vitest';
import { datedChangelog, obstacle } from '../../build/release/next-version.ts';

const changelog = '# Changelog\n\n## Unreleased\n\n### Added\n\n- One.\n\n## 0.1.0 (2026-01-01)\n\n- First.\n';
const ready = { branch: 'main', changes: '', version: '0.1.9', changelog };

test.each(['0.1.10', '0.2.0', '1.0.0'])('%s can be released after 0.1.9', (version) => {
  expect(obstacle(version, ready)).toBeNull();
});

test.each([
  ['', {}, 'Give the version as three numbers'],
  ['v0.2.0', {}, 'Give the version as three numbers'],
  ['0.2', {}, 'Give the version as three numbers'],
  ['0.02.0', {}, 'Give the version as three numbers'],
  ['0.1.9', {}, '0.1.9 is not higher than 0.1.9'],
  ['0.1.8', {}, '0.1.8 is not higher than 0.1.9'],
  ['0.0.10', {}, '0.0.10 is not higher than 0.1.9'],
  ['0.2.0', { branch: 'topic' }, 'A release is made of main, and this is topic.'],
  ['0.2.0', { branch: '' }, 'A release is made of main, and this is no branch.'],
  ['0.2.0', { changes: ' M README.md\n' }, 'not committed:\n M README.md'],
  ['0.2.0', { changelog: '# Changelog\n' }, 'has no section "Unreleased"'],
  ['0.2.0', { changelog: changelog.replace('- One.\n', '') }, 'has nothing under "Unreleased"'],
])('%j is refused with %j', (version, differs, reason) => {
  expect(obstacle(version, { ...ready, ...differs })).toContain(reason);
});

test('the changelog keeps an empty section above the one that is released', () => {
  expect(datedChangelog(changelog, '0.2.0', '2026-11-30')).toBe(
    changelog.replace('## Unreleased\n', '## Unreleased\n\n## 0.2.0 (2026-11-30)\n'),
  );
  expect(
    obstacle('0.3.0', { ...ready, version: '0.2.0', changelog: datedChangelog(changelog, '0.2.0', '2026-11-30') }),
  ).toContain('has nothing');
});
