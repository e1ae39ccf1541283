import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { resize } from '../../src/state/updates/status.ts';
import { makeConsole, type TestConsole } from './console.ts';
import { makeDesk } from './fixture.ts';
import { safe, subscription } from './rows.ts';

describe('a write from the console', () => {
  let open: TestConsole | null = null;
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => {
    open?.stop();
    vi.useRealTimers();
  });

  /** A moment in which no key comes: what was pressed alone counts. */
  function quiet(desk: Awaited<ReturnType<typeof start>>['desk']) {
    vi.advanceTimersByTime(100);
    desk.advance(100);
  }

  async function start() {
    const desk = makeDesk([subscription({ id: 'sub-1', name: safe('Backup 100'), quantity: 40 })]);
    const console = makeConsole(desk);
    open = console;
    console.type('S<enter>');
    console.type('a');
    await console.until(({ overlay }) => overlay?.kind === 'menu');
    return { desk, console };
  }

  /** Up to the plan of a new quantity, drawn but just now. */
  async function quantityPlan() {
    const { desk, console } = await start();
    console.type('<enter>');
    await console.until(({ overlay }) => overlay?.kind === 'form');
    console.type('32');
    console.type('<enter>');
    await console.until(({ overlay }) => overlay?.kind === 'plan');
    console.drawPlan();
    return { desk, console };
  }

  /** Up to the plan of a cancellation, which is confirmed by typing. */
  async function cancelPlan() {
    const { desk, console } = await start();
    chooseAction(console, 'cancel');
    await console.until(({ overlay }) => overlay?.kind === 'form');
    console.type('<down><enter>');
    await console.until(({ overlay }) => overlay?.kind === 'plan');
    console.drawPlan();
    desk.advance(1000);
    return { desk, console };
  }

  /** Goes down the menu to an action, and takes it. */
  function chooseAction(console: TestConsole, id: string) {
    const menu = console.overlay();
    const at = menu?.kind === 'menu' ? menu.entries.findIndex((entry) => entry.id === id) : 0;
    console.type(`<home>${'j'.repeat(at)}<enter>`);
  }

  function typeByHand(desk: Awaited<ReturnType<typeof start>>['desk'], console: TestConsole, text: string) {
    for (const character of text) {
      console.type(character);
      quiet(desk);
    }
  }

  it('[fault 68] shows the plan, sends it once on y, and shows the result', async () => {
    const { desk, console } = await quantityPlan();
    desk.advance(300);
    console.type('y');
    quiet(desk);
    console.type('y');
    quiet(desk);
    await console.until(({ overlay }) => overlay?.kind === 'result');
    expect(desk.sent.map(({ wish }) => wish)).toEqual([{ verb: 'set-quantity', ref: 'nordic/sub-1', quantity: 32 }]);
  });

  it.each([
    ['a key that came before the plan had been seen', 299, 'y'],
    ['several keys in one piece', 1000, 'yy'],
    ['a whole line', 1000, 'yes<enter>'],
    ['any other key', 1000, 'n'],
    ['Enter', 1000, '<enter>'],
  ])('does not send on %s', async (_, wait, input) => {
    const { desk, console } = await quantityPlan();
    desk.advance(wait);
    console.type(input);
    quiet(desk);
    expect(desk.sent).toEqual([]);
    expect(console.overlay()?.kind).not.toBe('sending');
  });

  it('[fault 41] does not send keys that were typed ahead of the plan', async () => {
    const { desk, console } = await start();
    console.type('<enter>');
    await console.until(({ overlay }) => overlay?.kind === 'form');
    console.type('32<enter>yyyy<enter>y');
    await console.until(({ overlay }) => overlay?.kind !== 'waiting');
    expect(desk.sent).toEqual([]);
  });

  it.each([
    ['the last piece', ['y', '<down>', 'y']],
    ['the first piece', ['y', '<down>']],
    ['two pieces', ['y', 'y']],
  ])('does not send on a burst that a terminal cuts into pieces: %s', async (_, pieces) => {
    const { desk, console } = await quantityPlan();
    desk.advance(1000);
    for (const piece of pieces) console.type(piece);
    quiet(desk);
    expect(desk.sent).toEqual([]);
  });

  it('[fault 40] never sends on pasted text', async () => {
    const { desk, console } = await quantityPlan();
    desk.advance(1000);
    console.paste('y');
    quiet(desk);
    expect(desk.sent).toEqual([]);
    expect(console.overlay()).toMatchObject({ kind: 'plan', problem: expect.stringContaining('by hand') });
  });

  it('[fault 42] cannot be confirmed while the plan does not fit, and starts the wait over once it does', async () => {
    const { desk, console } = await quantityPlan();
    desk.advance(1000);
    console.drawPlan(false);
    console.type('y');
    console.drawPlan(true);
    console.type('y');
    vi.advanceTimersByTime(100);
    expect(desk.sent).toEqual([]);
    desk.advance(300);
    console.type('y');
    quiet(desk);
    expect(desk.sent).toHaveLength(1);
  });

  it('cannot be confirmed on a terminal that became too small to show it', async () => {
    const { desk, console } = await quantityPlan();
    desk.advance(1000);
    console.store.update((state) => resize(state, 30, 5));
    console.type('y');
    quiet(desk);
    expect(desk.sent).toEqual([]);
  });

  it('closes on Escape and says that nothing was sent', async () => {
    const { desk, console } = await quantityPlan();
    console.type('<escape>');
    expect(console.overlay()).toBeNull();
    expect(console.state().status?.text).toBe('Nothing was sent.');
    expect(desk.sent).toEqual([]);
  });

  it('asks for the name or the id when it cannot be undone', async () => {
    const { desk, console } = await cancelPlan();
    typeByHand(desk, console, 'Backup 10');
    console.type('<enter>');
    expect(console.overlay()).toMatchObject({ kind: 'plan', problem: expect.stringContaining('not it') });
    typeByHand(desk, console, '0');
    console.type('<enter>');
    quiet(desk);
    expect(desk.sent.map(({ wish }) => wish)).toEqual([{ verb: 'cancel', ref: 'nordic/sub-1', mode: 'cancel' }]);
  });

  it('takes y as a letter where typing confirms', async () => {
    const { desk, console } = await cancelPlan();
    console.type('y');
    expect(desk.sent).toEqual([]);
    expect(console.overlay()).toMatchObject({ kind: 'plan', typed: { text: 'y' } });
  });

  it('[fault 71] has no default between cancel and delete', async () => {
    const { console } = await start();
    chooseAction(console, 'cancel');
    await console.until(({ overlay }) => overlay?.kind === 'form');
    console.type('<enter>');
    expect(console.overlay()).toMatchObject({ kind: 'form', form: { problem: 'How: choose one with ↑ and ↓.' } });
  });

  it('keeps a mistake in the form', async () => {
    const { console } = await start();
    console.type('<enter>');
    await console.until(({ overlay }) => overlay?.kind === 'form');
    console.type('3.5<enter>');
    expect(console.overlay()).toMatchObject({ kind: 'form', form: { problem: 'Type a whole number, 0 or more.' } });
  });

  async function nameForm() {
    const { desk, console } = await start();
    chooseAction(console, 'update');
    await console.until(({ overlay }) => overlay?.kind === 'form');
    const form = () => {
      const overlay = console.overlay();
      return overlay?.kind === 'form'
        ? { text: overlay.form.fields[0].line.text, problem: overlay.form.problem }
        : null;
    };
    console.type('<ctrl+u>');
    return { desk, console, form };
  }

  it.each([
    ['A\tB', 'What was pasted holds a tab (U+0009). It was left out.'],
    ['A\nB', 'What was pasted holds a line break (U+000A). It was left out.'],
    ['A\u202eB', 'What was pasted holds a character that turns the direction of text (U+202E). It was left out.'],
    ['x'.repeat(5000), 'That is too long. It was left out.'],
  ])('takes no paste of which it would have to leave something out: %j', async (text, problem) => {
    const { console, form } = await nameForm();
    console.paste(text);
    expect(form()).toEqual({ text: '', problem });
  });

  it('plans with all that was typed, so that a letter which did not decode is refused and never left out', async () => {
    const { console } = await nameForm();
    console.type('K\ufffdln<enter>');
    await console.until(({ overlay }) => overlay?.kind === 'plan');
    expect(console.overlay()).toMatchObject({ plan: { wish: { changes: { name: 'K\ufffdln' } } } });
  });

  it('plans the name exactly as it was pasted, without the line break behind a copied line', async () => {
    const { console } = await nameForm();
    const name = 'می\u200cخواهم 👩\u200d💻 soft\u00adware Ko\u0308ln';
    console.paste(`${name}\r\n`);
    console.type('<enter>');
    await console.until(({ overlay }) => overlay?.kind === 'plan');
    expect(console.overlay()).toMatchObject({ plan: { wish: { verb: 'update', changes: { name } } } });
  });

  it('does not take blanks off a name in silence', async () => {
    const { console, form } = await nameForm();
    console.paste('Backup ');
    console.type('<enter>');
    expect(form()).toMatchObject({ problem: 'The name has blanks before or behind it. Take them out.' });
  });

  it('shows what cannot be done with its reason, and says it again when tried', async () => {
    const { console } = await start();
    const menu = console.overlay();
    const entries = menu?.kind === 'menu' ? menu.entries : [];
    expect(entries.find(({ id }) => id === 'reactivate')?.unavailable).toBe('This vendor cannot.');
    chooseAction(console, 'reactivate');
    expect(console.overlay()?.kind).toBe('menu');
    expect(console.state().status?.text).toBe('Reactivate: This vendor cannot.');
    const possible = entries.map((entry) => entry.unavailable === null);
    expect(possible).toEqual(possible.toSorted((a, b) => Number(b) - Number(a)));
  });

  it('asks before leaving only while a write is on its way', async () => {
    const { desk, console } = await quantityPlan();
    desk.advance(300);
    console.type('y');
    quiet(desk);
    console.type('q');
    expect(console.overlay()?.kind).toBe('leave');
    expect(console.exits).toEqual([]);
    await console.until(({ overlay }) => overlay?.kind === 'result');
    console.type('<enter>');
    console.type('q');
    expect(console.exits).toEqual([0]);
  });
});
