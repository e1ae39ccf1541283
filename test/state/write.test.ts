import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { resize } from '../../src/state/updates/status.ts';
import { makeConsole, type TestConsole } from './console.ts';
import { makeFixture } from './fixture.ts';
import { safe, subscription } from './rows.ts';

describe('a write from the console', () => {
  let open: TestConsole | null = null;
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => {
    open?.stop();
    vi.useRealTimers();
  });

  /** A pause without keys, so that the next key counts as pressed alone. */
  function quiet(fixture: Awaited<ReturnType<typeof start>>['fixture']) {
    vi.advanceTimersByTime(100);
    fixture.advance(100);
  }

  async function start() {
    const fixture = makeFixture([subscription({ id: 'sub-1', name: safe('Backup 100'), quantity: 40 })]);
    const console = makeConsole(fixture);
    open = console;
    console.type('S<enter>');
    console.type('a');
    await console.until(({ overlay }) => overlay?.kind === 'menu');
    return { fixture, console };
  }

  /** Opens the plan of a new quantity and draws it. */
  async function quantityPlan() {
    const { fixture, console } = await start();
    console.type('<enter>');
    await console.until(({ overlay }) => overlay?.kind === 'form');
    console.type('32');
    console.type('<enter>');
    await console.until(({ overlay }) => overlay?.kind === 'plan');
    console.drawPlan();
    return { fixture, console };
  }

  /** Opens the plan of a cancellation, which is confirmed by typing. */
  async function cancelPlan() {
    const { fixture, console } = await start();
    chooseAction(console, 'cancel');
    await console.until(({ overlay }) => overlay?.kind === 'form');
    console.type('<down><enter>');
    await console.until(({ overlay }) => overlay?.kind === 'plan');
    console.drawPlan();
    fixture.advance(1000);
    return { fixture, console };
  }

  /** Moves down the menu to an action and selects it. */
  function chooseAction(console: TestConsole, id: string) {
    const menu = console.overlay();
    const at = menu?.kind === 'menu' ? menu.entries.findIndex((entry) => entry.id === id) : 0;
    console.type(`<home>${'j'.repeat(at)}<enter>`);
  }

  function typeByHand(fixture: Awaited<ReturnType<typeof start>>['fixture'], console: TestConsole, text: string) {
    for (const character of text) {
      console.type(character);
      quiet(fixture);
    }
  }

  it('reloads an open tab after a write was sent', async () => {
    const { console, fixture } = await start();
    console.type('<escape><enter><tab>');
    const addons = () => {
      const screen = console.store.getState().stack.at(-1);
      return screen?.kind === 'subscription' && screen.addons.kind === 'ready' ? screen.addons.at : null;
    };
    await console.until(() => addons() !== null);
    const before = addons();
    fixture.advance(1000);
    console.type('a');
    await console.until(({ overlay }) => overlay?.kind === 'menu');
    console.type('<home><enter>');
    await console.until(({ overlay }) => overlay?.kind === 'form');
    console.type('32<enter>');
    await console.until(({ overlay }) => overlay?.kind === 'plan');
    console.drawPlan();
    fixture.advance(300);
    console.type('y');
    quiet(fixture);
    await console.until(({ overlay }) => overlay?.kind === 'result');
    await console.until(() => (addons() ?? 0) > (before ?? 0));
  });

  it('[fault 68] shows the plan, sends it once on y, and shows the result', async () => {
    const { fixture, console } = await quantityPlan();
    fixture.advance(300);
    console.type('y');
    quiet(fixture);
    console.type('y');
    quiet(fixture);
    await console.until(({ overlay }) => overlay?.kind === 'result');
    expect(fixture.sent.map(({ writeRequest }) => writeRequest)).toEqual([
      { verb: 'set-quantity', ref: 'nordic/sub-1', quantity: 32 },
    ]);
  });

  it.each([
    ['a key pressed before the plan was visible', 299, 'y'],
    ['several keys in one chunk', 1000, 'yy'],
    ['a whole line', 1000, 'yes<enter>'],
    ['any other key', 1000, 'n'],
    ['Enter', 1000, '<enter>'],
  ])('does not send on %s', async (_, wait, input) => {
    const { fixture, console } = await quantityPlan();
    fixture.advance(wait);
    console.type(input);
    quiet(fixture);
    expect(fixture.sent).toEqual([]);
    expect(console.overlay()?.kind).not.toBe('sending');
  });

  it('[fault 41] does not send on keys typed before the plan', async () => {
    const { fixture, console } = await start();
    console.type('<enter>');
    await console.until(({ overlay }) => overlay?.kind === 'form');
    console.type('32<enter>yyyy<enter>y');
    await console.until(({ overlay }) => overlay?.kind !== 'waiting');
    expect(fixture.sent).toEqual([]);
  });

  it.each([
    ['the last chunk', ['y', '<down>', 'y']],
    ['the first chunk', ['y', '<down>']],
    ['two chunks', ['y', 'y']],
  ])('does not send on a burst split by the terminal: %s', async (_, pieces) => {
    const { fixture, console } = await quantityPlan();
    fixture.advance(1000);
    for (const piece of pieces) console.type(piece);
    quiet(fixture);
    expect(fixture.sent).toEqual([]);
  });

  it('[fault 40] never sends on pasted text', async () => {
    const { fixture, console } = await quantityPlan();
    fixture.advance(1000);
    console.paste('y');
    quiet(fixture);
    expect(fixture.sent).toEqual([]);
    expect(console.overlay()).toMatchObject({ kind: 'plan', problem: expect.stringContaining('by hand') });
  });

  it('[fault 42] cannot be confirmed while the plan does not fit; the wait then restarts', async () => {
    const { fixture, console } = await quantityPlan();
    fixture.advance(1000);
    console.drawPlan(false);
    console.type('y');
    console.drawPlan(true);
    console.type('y');
    vi.advanceTimersByTime(100);
    expect(fixture.sent).toEqual([]);
    fixture.advance(300);
    console.type('y');
    quiet(fixture);
    expect(fixture.sent).toHaveLength(1);
  });

  it('cannot be confirmed on a terminal too small to show the plan', async () => {
    const { fixture, console } = await quantityPlan();
    fixture.advance(1000);
    console.store.update((state) => resize(state, 30, 5));
    console.type('y');
    quiet(fixture);
    expect(fixture.sent).toEqual([]);
  });

  it('says that a key came too soon after the plan appeared', async () => {
    const { fixture, console } = await quantityPlan();
    fixture.advance(299);
    console.type('y');
    quiet(fixture);
    expect(fixture.sent).toEqual([]);
    expect(console.overlay()).toMatchObject({ kind: 'plan', problem: expect.stringContaining('too soon') });
    console.type('y');
    quiet(fixture);
    expect(fixture.sent).toHaveLength(1);
  });

  it('goes back to its form on Escape and sends nothing', async () => {
    const { fixture, console } = await quantityPlan();
    console.type('<escape>');
    expect(console.overlay()).toMatchObject({ kind: 'form', form: { fields: [{ line: { text: '32' } }] } });
    expect(console.state().status?.text).toBe('Nothing was sent.');
    console.type('<escape>');
    expect(console.overlay()).toBeNull();
    expect(fixture.sent).toEqual([]);
  });

  it.each(['n', '<enter>', 'q', '?', '<space>', '<up>', '<f9>'])('stays open on %s and names its keys', async (key) => {
    const { fixture, console } = await quantityPlan();
    fixture.advance(1000);
    console.type(key);
    quiet(fixture);
    expect(console.overlay()).toMatchObject({
      kind: 'plan',
      problem: 'Only y, Tab and Esc work here. Nothing was sent.',
    });
    console.type('y');
    quiet(fixture);
    expect(fixture.sent).toHaveLength(1);
  });

  it('opens the plan of what takes it back with u, and says why where nothing does', async () => {
    const { fixture, console } = await quantityPlan();
    const writeRequest = { verb: 'set-quantity', ref: 'nordic/sub-1', quantity: 40 } as const;
    const words = 'subdeck subscription set-quantity nordic/sub-1 40';
    fixture.answer = { ...fixture.answer, wayBack: { kind: 'offered', writeRequest, words, short: 'set-quantity 40' } };
    fixture.advance(300);
    console.type('y');
    quiet(fixture);
    await console.until(({ overlay }) => overlay?.kind === 'result');
    console.type('u');
    await console.until(({ overlay }) => overlay?.kind === 'plan');
    expect(console.overlay()).toMatchObject({ plan: { writeRequest }, reason: null });
    expect(fixture.sent).toHaveLength(1);
    fixture.answer = { ...fixture.answer, wayBack: { kind: 'none', why: 'It is gone for good.' } };
    console.drawPlan();
    fixture.advance(300);
    console.type('y');
    quiet(fixture);
    await console.until(({ overlay }) => overlay?.kind === 'result');
    console.type('u');
    expect(console.state().status?.text).toBe('It is gone for good.');
    expect(console.overlay()?.kind).toBe('result');
  });

  it('sends the reason that was typed on the plan, once the plan is shown again', async () => {
    const { fixture, console } = await quantityPlan();
    fixture.advance(1000);
    console.type('<tab>');
    typeByHand(fixture, console, 'yT-47');
    console.paste('11\r\n');
    console.type('<enter>');
    quiet(fixture);
    console.type('y');
    quiet(fixture);
    expect(fixture.sent).toEqual([]);
    console.drawPlan();
    fixture.advance(300);
    console.type('y');
    quiet(fixture);
    expect(fixture.reasons).toEqual(['yT-4711']);
  });

  it('keeps the reason while its form is edited, and drops what was typed on Escape', async () => {
    const { fixture, console } = await quantityPlan();
    fixture.advance(1000);
    console.type('<tab>');
    console.type('T-1<enter>');
    expect(console.overlay()).toMatchObject({ kind: 'plan', reason: 'T-1', reasonLine: null });
    console.drawPlan();
    fixture.advance(1000);
    console.type('<tab>');
    typeByHand(fixture, console, '23');
    console.type('<escape>');
    expect(console.overlay()).toMatchObject({ kind: 'plan', reason: 'T-1', reasonLine: null });
    console.type('<escape>');
    expect(console.overlay()).toMatchObject({ kind: 'form', form: { fields: [{ line: { text: '32' } }] } });
    console.type('<enter>');
    await console.until(({ overlay }) => overlay?.kind === 'plan');
    expect(console.overlay()).toMatchObject({ kind: 'plan', reason: 'T-1' });
  });

  it.each(['T-1<enter>y', '<enter>y', 'y<enter>yyyy'])('a burst in the reason never sends: %s', async (burst) => {
    const { fixture, console } = await quantityPlan();
    fixture.advance(1000);
    console.type('<tab>');
    fixture.advance(1000);
    console.type(burst);
    quiet(fixture);
    expect(fixture.sent).toEqual([]);
  });

  it('says what is wrong with a reason and keeps it to be mended', async () => {
    const { fixture, console } = await quantityPlan();
    fixture.advance(1000);
    console.type('<tab>');
    console.paste('A\u202eB');
    console.type('<enter>');
    expect(console.overlay()).toMatchObject({
      kind: 'plan',
      reason: null,
      reasonLine: { text: 'A\u202eB' },
      problem: expect.stringContaining('The reason contains a character that changes the direction of text'),
    });
  });

  it('confirms a large change by its number alone', async () => {
    const { fixture, console } = await start();
    console.type('<enter>');
    await console.until(({ overlay }) => overlay?.kind === 'form');
    console.type('400<enter>');
    await console.until(({ overlay }) => overlay?.kind === 'plan');
    console.drawPlan();
    fixture.advance(1000);
    for (const typed of ['y', '<ctrl+u>4000', '<ctrl+u>40']) {
      if (typed.startsWith('<')) console.type('<ctrl+u>');
      typeByHand(fixture, console, typed.replace('<ctrl+u>', ''));
      console.type('<enter>');
      quiet(fixture);
      expect(fixture.sent).toEqual([]);
    }
    typeByHand(fixture, console, '0');
    console.type('<enter>');
    quiet(fixture);
    expect(fixture.sent).toMatchObject([{ writeRequest: { quantity: 400 } }]);
  });

  it('asks for the name or the id if it is irreversible', async () => {
    const { fixture, console } = await cancelPlan();
    typeByHand(fixture, console, 'Backup 10');
    console.type('<enter>');
    expect(console.overlay()).toMatchObject({ kind: 'plan', problem: expect.stringContaining('does not match') });
    typeByHand(fixture, console, '0');
    console.type('<enter>');
    quiet(fixture);
    expect(fixture.sent.map(({ writeRequest }) => writeRequest)).toEqual([
      { verb: 'cancel', ref: 'nordic/sub-1', mode: 'cancel' },
    ]);
  });

  it('treats y as a letter while a confirmation is typed', async () => {
    const { fixture, console } = await cancelPlan();
    console.type('y');
    expect(fixture.sent).toEqual([]);
    expect(console.overlay()).toMatchObject({ kind: 'plan', typed: { text: 'y' } });
  });

  it('[fault 71] has no default between cancel and delete', async () => {
    const { console } = await start();
    chooseAction(console, 'cancel');
    await console.until(({ overlay }) => overlay?.kind === 'form');
    console.type('<enter>');
    expect(console.overlay()).toMatchObject({ kind: 'form', form: { problem: 'How: choose one with ↑ and ↓.' } });
  });

  it('keeps the form open on an invalid value', async () => {
    const { console } = await start();
    console.type('<enter>');
    await console.until(({ overlay }) => overlay?.kind === 'form');
    console.type('3.5<enter>');
    expect(console.overlay()).toMatchObject({
      kind: 'form',
      form: { problem: expect.stringContaining('"3.5" is not a valid quantity.') },
    });
  });

  async function nameForm() {
    const { fixture, console } = await start();
    chooseAction(console, 'update');
    await console.until(({ overlay }) => overlay?.kind === 'form');
    const form = () => {
      const overlay = console.overlay();
      return overlay?.kind === 'form'
        ? { text: overlay.form.fields[0].line.text, problem: overlay.form.problem }
        : null;
    };
    console.type('<ctrl+u>');
    return { fixture, console, form };
  }

  it.each([
    ['A\tB', 'The pasted text contains a tab (U+0009). It was not inserted.'],
    ['A\nB', 'The pasted text contains a line break (U+000A). It was not inserted.'],
    [
      'A\u202eB',
      'The pasted text contains a character that changes the direction of text (U+202E). It was not inserted.',
    ],
    ['x'.repeat(5000), 'The pasted text is too long. It was not inserted.'],
  ])('refuses a paste that it would have to change: %j', async (text, problem) => {
    const { console, form } = await nameForm();
    console.paste(text);
    expect(form()).toEqual({ text: '', problem });
  });

  it('plans exactly what was typed, so that an invalid character is refused', async () => {
    const { console } = await nameForm();
    console.type('K\ufffdln<enter>');
    await console.until(({ overlay }) => overlay?.kind === 'plan');
    expect(console.overlay()).toMatchObject({ plan: { writeRequest: { changes: { name: 'K\ufffdln' } } } });
  });

  it('plans the name exactly as pasted, without the trailing line break', async () => {
    const { console } = await nameForm();
    const name = 'می\u200cخواهم 👩\u200d💻 soft\u00adware Ko\u0308ln';
    console.paste(`${name}\r\n`);
    console.type('<enter>');
    await console.until(({ overlay }) => overlay?.kind === 'plan');
    expect(console.overlay()).toMatchObject({ plan: { writeRequest: { verb: 'update', changes: { name } } } });
  });

  it('does not silently trim a name', async () => {
    const { console, form } = await nameForm();
    console.paste('Backup ');
    console.type('<enter>');
    expect(form()).toMatchObject({ problem: 'The name begins or ends with spaces. Remove them.' });
  });

  it('folds what the vendor can never do, and repeats its reason when it is chosen', async () => {
    const { console } = await start();
    const menu = console.overlay();
    const entries = menu?.kind === 'menu' ? menu.entries : [];
    expect(entries.at(-1)).toMatchObject({ id: 'cannot', unavailable: 'This vendor cannot.' });
    expect(entries.map(({ id }) => id)).not.toContain('reactivate');
    chooseAction(console, 'cannot');
    expect(console.overlay()?.kind).toBe('menu');
    expect(console.state().status?.text).toMatch(/^Cloudmore cannot: .*reactivate.*: This vendor cannot\.$/);
    const possible = entries.map((entry) => entry.unavailable === null);
    expect(possible).toEqual(possible.toSorted((a, b) => Number(b) - Number(a)));
  });

  it('asks before leaving only while a write is in flight', async () => {
    const { fixture, console } = await quantityPlan();
    fixture.advance(300);
    console.type('y');
    quiet(fixture);
    console.type('q');
    expect(console.overlay()?.kind).toBe('leave');
    expect(console.exits).toEqual([]);
    await console.until(({ overlay }) => overlay?.kind === 'result');
    console.type('<enter>');
    console.type('q');
    expect(console.exits).toEqual([0]);
  });
});
