import { afterEach, expect, test } from 'vitest';
import type { Fault } from '../../src/model/fault.ts';
import { makeTheme } from '../../src/screens/parts/theme.ts';
import { overlayText } from '../../src/screens/screen-reader/overlay-text.ts';
import { screenText } from '../../src/screens/screen-reader/screen-text.ts';
import type { ConsoleState } from '../../src/state/console-state.ts';
import { textLine } from '../../src/state/text-line.ts';
import { push } from '../../src/state/updates/navigate.ts';
import { say, sayFault } from '../../src/state/updates/status.ts';
import { makeConsole, type TestConsole } from '../state/console.ts';
import { makeFixture } from '../state/fixture.ts';
import { manyRows, subscription } from '../state/rows.ts';
import { frameOf } from './frame.tsx';

let open: TestConsole | null = null;
afterEach(() => open?.stop());

const words = 'Run subdeck sync nordic.';
const fault: Fault = {
  ...{ kind: 'denied', message: 'It was refused.', next: words, connection: 'nordic', sent: false, vendor: null },
};
const entry = { id: 'one', label: 'One', note: null, unavailable: null };
const menu = { kind: 'menu', purpose: 'actions', title: 'Menu', cursor: 'one', subject: null } as const;
const field = { name: 'a', label: 'A', kind: 'text', help: words, choices: [], picked: null, line: textLine('') };
const form = { subject: subscription({ id: 'one' }), title: 'Form', fields: [field], focus: 0, problem: null };
const prompt = {
  kind: 'prompt',
  purpose: 'settle',
  title: 'Prompt',
  label: 'Name',
  line: textLine(''),
  note: null,
  problem: null,
};
const reply = {
  kind: 'reply',
  title: 'doctor',
  lines: [words],
  isData: false,
  faults: [],
  filterText: '',
  scroll: 0,
  hiddenCells: 0,
} as const;

const withOverlay = (overlay: object) => (state: ConsoleState) =>
  ({ ...state, overlay: overlay as ConsoleState['overlay'] }) satisfies ConsoleState;

/** Every place in which a screen shows a sentence that the command line shows too. */
const places: Readonly<Record<string, (state: ConsoleState) => ConsoleState>> = {
  'a message': (state) => say(state, words),
  'the message of a fault': (state) => sayFault(state, fault),
  'the line above a list': (state) => ({
    ...state,
    connections: state.connections.map((each) => ({ ...each, freshness: { ...each.freshness, lastFault: fault } })),
  }),
  'a notice': withOverlay({ kind: 'notice', title: 'Notice', text: words, fault: null }),
  'the notice of a fault': withOverlay({ kind: 'notice', title: 'Notice', text: '', fault }),
  'why an entry of a menu is unavailable': withOverlay({ ...menu, entries: [{ ...entry, unavailable: words }] }),
  'the note of an entry': withOverlay({ ...menu, entries: [{ ...entry, note: words }] }),
  'more about an entry': withOverlay({ ...menu, entries: [{ ...entry, more: words }] }),
  'what is said of a whole menu': withOverlay({ ...menu, entries: [{ ...entry, unavailable: words }], notice: words }),
  'the help of a field': withOverlay({ kind: 'form', form }),
  'the problem of a form': withOverlay({
    kind: 'form',
    form: { ...form, fields: [{ ...field, help: null }], problem: words },
  }),
  'the note of a prompt': withOverlay({ ...prompt, note: words }),
  'the problem of a prompt': withOverlay({ ...prompt, problem: words }),
  'a result': withOverlay({
    kind: 'result',
    plan: null,
    result: { outcome: 'refused', fault, request: null, journalId: null, steps: [] },
  }),
  'the reply to a command': (state) => push(state, reply),
  'the fault of a command': (state) => push(state, { ...reply, lines: [], faults: [fault] }),
};

test.each(Object.entries(places))('%s names the palette', (_, in_) => {
  const console = makeConsole(makeFixture(manyRows(3)), { columns: 120, rows: 30 });
  open = console;
  console.type('S');
  console.store.update(in_);
  const theme = makeTheme({ contrast: 'normal', marks: 'unicode', spinner: false, colour: false, background: 'dark' });
  const state = console.state();
  const read = [
    ...(state.overlay === null ? [] : overlayText(state.overlay, state, theme)),
    ...screenText(state, theme),
  ];
  expect(frameOf(console).join('\n')).toContain('Run :sync nordic.');
  expect([...frameOf(console), ...read].join('\n')).not.toContain('subdeck sync');
});
