import { code, mark, page } from './markdown.ts';

/** What each page of `reference` is for, in the order of the index. A page without a line here fails the generation. */
const contents: Readonly<Record<string, string>> = {
  'commands.md': 'Every command: what it takes, what it changes, its exit codes, with examples.',
  'keys.md': 'The keys of each screen of the console, and how to change them.',
  'filter.md': 'The filter language of lists, `today` and the console: `qty<10`, `ends<30d`, `is:trial`.',
  'fields.md': 'The fields of a subscription: their names in filters, sort orders, JSON and CSV.',
  'settings.md': '`freshFor` and every other setting, also those of each vendor’s connections.',
  'settings.schema.json': 'The JSON schema of `settings.json`, for editors.',
  'environment.md': '`SUBDECK_HOME` and every other variable that is read.',
  'exit-codes.md': 'What each exit code means, and what to do then.',
  'json.md': 'What each command prints with `--json`; [a JSON schema for each](json) is in `json`.',
  'vendors.md': 'What Subdeck can do at each vendor, and why not; settings and secrets; how many calls a vendor takes.',
  'assumptions.md': 'What the vendors’ documents leave open, how Subdeck reads it, and how to choose another reading.',
  'subdeck.1': 'The manual page: `man -l docs/reference/subdeck.1`.',
  'faults.md': 'What may go wrong, and the tests for each fault.',
};

/** `README.md`: the index of the pages. Throws for a page that it does not name. */
export function contentsPage(files: readonly string[]): string {
  const unnamed = files.find((file) => !file.startsWith('json/') && !Object.hasOwn(contents, file));
  if (unnamed !== undefined) throw new Error(`docs/pages/contents.ts has no line for ${unnamed}.`);
  return page([
    '# Reference',
    mark,
    'Everything here is derived from the code, and a test fails where a page is out of date. Each page is a topic of `subdeck help` too: `subdeck help filter` shows',
    'that of filters in the terminal, and `subdeck help COMMAND` one command.',
    '',
    ...Object.entries(contents)
      .filter(([file]) => files.includes(file))
      .map(([file, about]) => `- [${file.endsWith('.md') ? file.slice(0, -3) : code(file)}](${file}): ${about}`),
  ]);
}
