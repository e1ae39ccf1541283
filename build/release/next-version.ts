/** What a release is checked against. */
export interface Checkout {
  readonly branch: string;
  /** What `git status --porcelain` prints. */
  readonly changes: string;
  /** In package.json. */
  readonly version: string;
  readonly changelog: string;
}

const unreleased = '## Unreleased\n';

/** The first reason why this version cannot be released from this checkout, as a sentence; null: nothing is in the way. */
export function obstacle(version: string, { branch, changes, version: current, changelog }: Checkout): string | null {
  if (!/^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}$/.test(version))
    return 'Give the version as three numbers: npm run release -- 1.2.3';
  if (!isHigher(version, current)) return `${version} is not higher than ${current}, the version in package.json.`;
  if (branch !== 'main') return `A release is made of main, and this is ${branch || 'no branch'}.`;
  if (changes !== '') return `There are changes that are not committed:\n${changes.trimEnd()}`;
  if (!changelog.includes(unreleased)) return 'CHANGELOG.md has no section "Unreleased".';
  if (!/^- /m.test(sectionOf(changelog))) return 'CHANGELOG.md has nothing under "Unreleased".';
  return null;
}

/** Gives what is unreleased its version and its date, `YYYY-MM-DD`, and begins a new section above. */
export function datedChangelog(changelog: string, version: string, date: string): string {
  return changelog.replace(unreleased, () => `${unreleased}\n## ${version} (${date})\n`);
}

function sectionOf(changelog: string): string {
  return changelog.slice(changelog.indexOf(unreleased) + unreleased.length).split(/^## /m)[0] ?? '';
}

function isHigher(version: string, current: string): boolean {
  const [given, known] = [version, current].map((text) => text.split('.').map(Number));
  const differs = [0, 1, 2].find((index) => given?.[index] !== known?.[index]);
  return differs !== undefined && (given?.[differs] ?? 0) > (known?.[differs] ?? 0);
}
