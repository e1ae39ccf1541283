import type { FlagSpec, Words } from './command.ts';

/** The flags of every command; docs/reference/commands.md lists them. */
export const everywhere: readonly FlagSpec[] = [
  { name: 'json', help: 'JSON on stdout, and each error as one JSON object a line on stderr' },
  { name: 'offline', help: 'use the cache only; no network calls' },
  { name: 'read-only', help: 'refuse every write before anything is sent' },
  { name: 'no-color', help: 'no colors' },
  { name: 'verbose', help: 'log every call to a vendor on stderr' },
  { name: 'help', help: 'help for this command' },
];

export const listFlags: readonly FlagSpec[] = [
  { name: 'csv', help: 'comma-separated values, safe to open in a spreadsheet' },
  { name: 'excel', help: 'CSV with the byte order mark and the separator that spreadsheets expect' },
  { name: 'ndjson', help: 'one JSON object a line' },
];

/** `--wait` alone waits until the end, so its value counts only when written `--wait=SECONDS`. */
export const waitFlag = 'wait';

export const writeFlags: readonly FlagSpec[] = [
  { name: 'yes', help: 'send without a prompt, if it can be undone' },
  {
    name: 'confirm',
    value: 'ID',
    help: 'the id, to confirm an irreversible write without a prompt; the new number for a large change of a quantity',
  },
  { name: 'dry-run', help: 'print the plan, send nothing' },
  { name: waitFlag, help: 'wait until the vendor is done, at most SECONDS with --wait=SECONDS' },
  { name: 'reason', value: 'TEXT', help: 'the reason, for the journal' },
];

/** All flags of a command: its own first; its own replace standard flags of the same name. */
export function flagsOf({ flags, kind }: Pick<Words, 'flags' | 'kind'>): readonly FlagSpec[] {
  const byKind = { list: listFlags, write: writeFlags, object: [], text: [] }[kind];
  return [...flags, ...byKind.filter(({ name }) => !flags.some((own) => own.name === name)), ...everywhere];
}
