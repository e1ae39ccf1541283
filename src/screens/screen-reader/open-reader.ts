import { createInterface } from 'node:readline';
import type { Context } from '../../commands/context.ts';
import type { EffectDeps, WordRunner } from '../../commands/keys/effects/deps.ts';
import { refreshStale } from '../../commands/keys/effects/refresh.ts';
import { startFollowing } from '../../commands/keys/effects/start-following.ts';
import { workBesideKeys } from '../../commands/keys/effects/work-beside-keys.ts';
import { noteInput } from '../../commands/keys/hasty-keys.ts';
import { commands } from '../../commands/table.ts';
import { paletteWords } from '../../model/palette-words.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import { initialState, topScreen } from '../../state/console-state.ts';
import { createConsoleStore } from '../../state/console-store.ts';
import { closedPreview } from '../../state/preview.ts';
import { toldStoreWaitText } from '../../state/told-store-wait.ts';
import { planDrawn } from '../../state/updates/plan.ts';
import type { ConsoleExit } from '../console-exit.ts';
import { announceEnds } from '../notifications.ts';
import { makeTheme } from '../parts/theme.ts';
import { visible } from '../text/cells.ts';
import { answer, readerHelp } from './answer.ts';
import { overlayText } from './overlay-text.ts';
import { screenText, storeNews, storeWaitKey } from './screen-text.ts';

export interface ReaderOptions {
  readonly banner: string | null;
  readonly runWords: WordRunner;
  /** What turned this mode on, as text: `the flag --screen-reader`. */
  readonly turnedOnBy: string;
}

/** Rows of a page, plus those the layout subtracts; lines are not wrapped. */
const page = { columns: 90, rows: 15 };

/**
 * The console as plain lines for screen readers: each answer is printed below the last one, nothing is redrawn, and
 * input is read by line. Resolves when the user quits.
 */
export async function openReader(context: Context, options: ReaderOptions): Promise<ConsoleExit> {
  const { clock, settings, mode } = context;
  const theme = makeTheme({ ...settings.theme, marks: 'ascii', spinner: false, colour: false, background: 'dark' });
  const input = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ', historySize: 50 });
  let asking = false;
  /** Output that arrives while a line is typed begins on a line of its own. */
  const write = (lines: readonly string[]) => {
    process.stdout.write(`${asking ? '\n' : ''}${lines.map((line) => `${visible(line)}\n`).join('')}`);
    asking = false;
  };
  let exitCode = 0;
  let leftFor: readonly string[] | null = null;
  let left = false;
  const ask = () => {
    if (left || asking) return;
    asking = true;
    input.prompt(true);
  };
  const deps: EffectDeps = {
    context,
    commands,
    runWords: options.runWords,
    terminal: { send: (bytes) => void process.stdout.write(bytes), redraw: () => undefined, suspend: () => undefined },
    exit: (code) => {
      exitCode = code;
      left = true;
      input.close();
    },
    leaveFor: (argv) => {
      leftFor = argv;
      deps.exit(0);
    },
  };
  const remembered = context.remembered.read();
  const { freshFor, guard } = settings;
  const start = {
    ...mode,
    ...page,
    now: clock.now(),
    freshFor: freshFor * 1000,
    guard,
    banner: null,
    ticket: null,
    remembered,
  };
  // Lines are read one after the other: nothing stands beside a list.
  const console = createConsoleStore({ ...initialState(start), preview: { ...closedPreview, isOn: false } });
  const leaving = new AbortController();
  write([
    `Screen-reader mode, turned on by ${options.turnedOnBy}.`,
    ...(options.banner === null ? [] : [visible(options.banner)]),
    ...readerHelp,
  ]);

  let said = '';
  let saidPlace = '';
  let saidStatus = '';
  let saidAway = false;
  let saidWait: string | null = null;
  let saidRows = 0;
  const tellNew = () => {
    if (left) return;
    const state = console.getState();
    const { overlay, status } = state;
    const place = placeKey(state);
    const key = `${place} ${overlay === null ? '' : overlayText(overlay, state, theme).join('\n')}`;
    const text = status === null ? '' : visible(paletteWords(`${status.text} ${status.fault?.next ?? ''}`.trim()));
    const waitKey = storeWaitKey(state);
    const waitText = waitKey === saidWait ? null : toldStoreWaitText(state);
    const news = [
      ...storeNews(state, saidAway),
      ...(waitText === null ? [] : [waitText]),
      ...(text !== '' && text !== saidStatus ? [text] : []),
    ];
    saidWait = waitKey;
    saidStatus = text;
    saidAway = state.storeAway !== null;
    if (key !== said) {
      // An overlay closed, and the screen below was printed before: its name is enough.
      const known = overlay === null && place === saidPlace && said !== '';
      const [where = '', ...rest] = overlay === null ? screenText(state, theme) : overlayText(overlay, state, theme);
      write([...news, where, ...(known ? [] : rest)]);
      said = key;
      saidPlace = place;
      saidRows = rowsIn(state);
      if (overlay?.kind === 'plan') console.update((before) => planDrawn(before, true, clock.monotonic()));
    } else {
      const more = overlay === null && !isReading(state) && rowsIn(state) !== saidRows;
      if (news.length === 0 && !more) return;
      if (more) saidRows = rowsIn(state);
      write([...news, ...(more ? [`Reading is complete: ${saidRows} rows. Press Enter to print them.`] : [])]);
    }
    ask();
  };
  const stops = [
    ...workBesideKeys(console, deps),
    announceEnds(console, context, deps.terminal.send),
    console.subscribe(tellNew),
    () => leaving.abort(),
  ];
  tellNew();
  void startFollowing(console, context, leaving.signal);
  refreshStale(console, deps);
  const noteKey = () => noteInput(console, clock.monotonic());
  process.stdin.on('keypress', noteKey);
  stops.push(() => void process.stdin.off('keypress', noteKey));
  input.on('line', (line) => {
    asking = false;
    noteKey();
    console.update((state) => (state.status?.brief === true ? { ...state, status: null } : state));
    if (line.trim() === '' && console.getState().overlay === null) said = '';
    answer({ store: console, deps }, line, clock.monotonic());
    tellNew();
    ask();
  });
  input.on('SIGINT', () => deps.exit(130));
  await new Promise((resolve) => input.once('close', resolve));
  for (const stop of stops) stop();
  return { code: exitCode, words: leftFor };
}

/** Identifies the screen and the printed part of it; rows that arrive in the background are not printed again. */
function placeKey(state: ConsoleState): string {
  const screen = topScreen(state);
  const list = 'list' in screen ? `${screen.list.top} ${screen.list.stamp === null}` : '';
  const what = 'ref' in screen ? screen.ref : 'id' in screen ? screen.id : 'title' in screen ? screen.title : '';
  const filter = screen.kind === 'subscriptions' || screen.kind === 'level' ? screen.filterText : '';
  return JSON.stringify([state.stack.length, screen.kind, what, list, filter]);
}

/** Rows of the list on screen, printed or not. */
function rowsIn(state: ConsoleState): number {
  const screen = topScreen(state);
  return 'list' in screen ? screen.list.total : 0;
}

function isReading({ connections }: ConsoleState): boolean {
  return connections.some(({ sync }) => sync !== null);
}
