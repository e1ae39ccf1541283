import type { FlagSpec, Words } from './command.ts';

/** Flags that every command takes (contract §2). */
export const everywhere: readonly FlagSpec[] = [
  { name: 'json', help: 'JSON on stdout, and each error as one JSON object a line on stderr' },
  { name: 'offline', help: 'the cache only, no network' },
  { name: 'read-only', help: 'refuse every write before anything is sent' },
  { name: 'no-color', help: 'no colors' },
  { name: 'verbose', help: 'tell on stderr what is asked of the vendors' },
  { name: 'help', help: 'what this command does' },
];

export const listFlags: readonly FlagSpec[] = [
  { name: 'csv', help: 'comma-separated values, safe to open in a spreadsheet' },
  { name: 'ndjson', help: 'one JSON object a line' },
];

/** `--wait` alone waits until the end, so its value only counts when written `--wait=SECONDS`. */
export const waitFlag = 'wait';

export const writeFlags: readonly FlagSpec[] = [
  { name: 'yes', help: 'send without asking, where it can be undone' },
  { name: 'confirm', value: 'ID', help: 'the id of what an irreversible write is about, in place of typing it' },
  { name: 'dry-run', help: 'print the plan, send nothing' },
  { name: waitFlag, help: 'wait until the vendor is done, at most SECONDS with --wait=SECONDS' },
  { name: 'reason', value: 'TEXT', help: 'why, for the journal' },
];

/** All flags of a command: its own first; one of its own stands for the standard one of that name. */
export function flagsOf({ flags, kind }: Pick<Words, 'flags' | 'kind'>): readonly FlagSpec[] {
  const byKind = { list: listFlags, write: writeFlags, object: [], text: [] }[kind];
  return [...flags, ...byKind.filter(({ name }) => !flags.some((own) => own.name === name)), ...everywhere];
}
