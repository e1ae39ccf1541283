import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type CsvSeparator, localeSeparator } from '../../../model/csv-separator.ts';
import { FaultError, fault } from '../../../model/fault.ts';
import { safeJson } from '../../../model/safe-json.ts';
import type { ConsoleState } from '../../../state/console-state.ts';
import { topScreen } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { outsideText } from '../../../state/mark-words.ts';
import type { MenuEntry } from '../../../state/overlay.ts';
import { proposedLine } from '../../../state/text-line.ts';
import { say } from '../../../state/updates/status.ts';
import { excelLines } from '../../csv.ts';
import type { Using } from './deps.ts';
import type { ExportTable, Which } from './export-table.ts';
import { exportCounts, exportTable } from './export-table.ts';
import { faultOf } from './reported.ts';

const formats = ['csv', 'json', 'ndjson'] as const;
type Format = (typeof formats)[number];

const notes: Readonly<Record<Which, string>> = {
  shown: 'the filtered rows; CSV has the columns on screen',
  marked: 'the marked rows; CSV has the columns on screen',
  all: 'every row of this list, every column',
};

/** What can be exported here, each with its row count; one line for what has no rows. */
export function exportEntries(state: ConsoleState): readonly MenuEntry[] {
  const screen = topScreen(state);
  const outside = screen.kind === 'subscriptions' ? outsideText(screen) : null;
  const counts = exportCounts(state);
  const some = counts.filter(({ count }) => count > 0);
  const none = counts.filter(({ count }) => count === 0);
  return [
    ...some.flatMap(({ which, count }) =>
      formats.map((format) => ({
        id: `export ${which} ${format}`,
        label: `Export ${count.toLocaleString('en')} ${which} as ${format.toUpperCase()}…`,
        note: which === 'marked' && outside !== null ? `${outside}; ${notes[which]}` : notes[which],
        unavailable: null,
      })),
    ),
    ...(none.length === 0
      ? []
      : [
          {
            id: 'export none',
            label: `Export ${none.map(({ which }) => which).join(' or ')}`,
            note: null,
            unavailable: 'There are no rows.',
          },
        ]),
  ];
}

/** Asks for the file; `writeExport` gets the answer. */
export function startExport(state: ConsoleState, about: string): ConsoleState {
  const format = about.split(' ').at(-1) ?? 'csv';
  const day = new Date(state.now).toISOString().slice(0, 10);
  return {
    ...state,
    overlay: {
      kind: 'prompt',
      purpose: 'export',
      about,
      title: 'Export to which new file? Only you can read it',
      note: `A relative path is in ${process.cwd()}`,
      label: 'File',
      line: proposedLine(`${topScreen(state).kind}-${day}.${format}`),
      problem: null,
    },
  };
}

/** Writes the rows to a new file that only this user can read. Never overwrites a file. */
export async function writeExport(
  store: ConsoleStore,
  { context }: Using<'cache' | 'clock' | 'journal' | 'calls' | 'settings'>,
  about: string,
  given: string,
): Promise<void> {
  const [, which = 'shown', format = 'csv'] = about.split(' ');
  const separator = context.settings.csv.separator ?? localeSeparator();
  const path = placeOf(given.trim());
  const wanted = exportTable(
    store.getState(),
    which === 'all' ? 'all' : which === 'marked' ? 'marked' : 'shown',
    context,
  );
  try {
    const file = create(path);
    store.update((state) => ({ ...say(state, `Writing ${path}…`), overlay: null }));
    const rows = await fill(file, path, wanted, formats.find((each) => each === format) ?? 'csv', separator);
    const text = `${rows.toLocaleString('en')} ${which} written to ${path}.`;
    store.update((state) => say(state, text, 'good'));
  } catch (error) {
    const { message } = faultOf(error);
    store.update((state) =>
      state.overlay?.kind === 'prompt'
        ? { ...state, overlay: { ...state.overlay, problem: message } }
        : say(state, message, 'bad'),
    );
  }
}

/** As a shell expands it: `~/` is the home directory. */
function placeOf(given: string): string {
  return given.startsWith('~/') ? join(homedir(), given.slice(2)) : resolve(given);
}

function create(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw fault('usage', whyNot(path, code), 'Choose another file.');
  }
}

function whyNot(path: string, code: string): string {
  switch (code) {
    case 'EEXIST':
      return `${path} already exists.`;
    case 'ENOENT':
      return `There is no folder ${dirname(path)}.`;
    case 'EACCES':
    case 'EROFS':
      return `You have no permission to write in ${dirname(path)}.`;
    case 'EISDIR':
      return `${path} is a folder.`;
    default:
      return `${path} cannot be written (${code}).`;
  }
}

const rowsAtOnce = 500;

/** Yields between slices, so that keys are handled. An incomplete file is removed. */
async function fill(
  file: number,
  path: string,
  { columns, rows }: ExportTable,
  format: Format,
  separator: CsvSeparator,
): Promise<number> {
  let count = 0;
  const counted = (function* () {
    for (const row of rows) {
      count += 1;
      yield row;
    }
  })();
  try {
    let written = 0;
    for (const piece of pieces({ columns, rows: counted }, format, separator)) {
      writeSync(file, piece);
      written += 1;
      if (written % rowsAtOnce === 0) await new Promise((go) => setImmediate(go));
    }
  } catch (error) {
    rmSync(path, { force: true });
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    if (error instanceof FaultError) throw error;
    throw fault('usage', `${path} could not be written completely (${code}), so it was removed.`, 'Check the disk.');
  } finally {
    closeSync(file);
  }
  return count;
}

function* pieces({ columns, rows }: ExportTable, format: Format, separator: CsvSeparator): Iterable<string> {
  if (format === 'csv') {
    yield* excelLines({ columns, rows }, separator);
    return;
  }
  let before = format === 'json' ? '[\n' : '';
  for (const { json } of rows) {
    yield `${before}${safeJson(json)}${format === 'json' ? '' : '\n'}`;
    if (format === 'json') before = ',\n';
  }
  if (format === 'json') yield before === '[\n' ? '[]\n' : '\n]\n';
}
