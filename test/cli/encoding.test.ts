import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openStory, type StoryFixture } from '../stories/fixture.ts';
import { keyboard } from '../stories/keyboard.ts';
import { closeTerminals } from '../terminal/terminal.ts';

let fixture: StoryFixture;
beforeAll(async () => {
  fixture = await openStory({
    connections: ['cloudmore-reseller', 'cloudmore-seller', 'lineworks', 'cloudcockpit'],
    sandbox: ['--scale=60'],
  });
  await fixture.words('sync');
});
afterEach(closeTerminals);
afterAll(() => fixture.close());

interface Row {
  readonly ref: string;
  readonly id: string;
  readonly name: string;
}

async function some(connection: string, at = 0): Promise<Row> {
  const args = ['--connection', connection, '--json', '--filter', 'status:active qty>3 -is:addon'];
  const row = (await fixture.words('subscription', 'list', ...args)).json<readonly Row[]>()[at];
  if (row === undefined) throw new Error(`${connection} has no subscription number ${at}`);
  return row;
}

/** One line says why. */
async function refused(saying: Promise<{ code: number | null; stdout: string; stderr: string }>, why: string) {
  const said = await saying;
  expect(said.stderr).toContain(why);
  expect(said.stderr.trim().split('\n')).toHaveLength(1);
  expect([said.code, said.stdout]).toEqual([2, '']);
}

const broken = 'has a wrong encoding';

describe('command-line words', () => {
  test('refuses Latin-1 bytes in any position', async () => {
    const { ref } = await some('cloudmore-reseller');
    await refused(fixture.wordsInBytes('subscription', 'update', ref, latin1('name=Köln'), '--yes'), broken);
    await refused(
      fixture.wordsInBytes('subscription', 'set-quantity', ref, '2', '--yes', latin1('--reason=Für Köln')),
      broken,
    );
    await refused(fixture.wordsInBytes('subscription', 'update', latin1('größe/1'), 'name=x', '--yes'), broken);
  });

  test('a typed U+FFFD is valid in a search and refused in a name', async () => {
    const { ref } = await some('cloudmore-reseller');
    const found = await fixture.words('subscription', 'list', '--search', 'K\ufffdln', '--json');
    expect([found.code, found.json()]).toEqual([0, []]);
    await refused(fixture.words('subscription', 'update', ref, 'name=K\ufffdln', '--yes'), broken);
  });

  test('every verb that takes text refuses a tab, in a reason too', async () => {
    const rows = await Promise.all([some('cloudmore-reseller'), some('lineworks'), some('cloudcockpit')]);
    const [organization, line, cockpit] = rows.map(({ ref }) => ref);
    const why = 'contains a tab (U+0009)';
    const place = ['--connection', 'cloudmore-reseller', '--organization', 'o', '--service', 's'];
    for (const words of [
      ['subscription', 'update', organization, 'name=A\tB'],
      ['subscription', 'update', cockpit, 'billing=A\tB'],
      ['renewal', 'set', line, 'type=change', 'plan=A\tB'],
      ['reservation', 'create', line, 'type=A\tB'],
      ['subscription', 'create', ...place, 'product=p', 'quantity=1', 'name=A\tB'],
      ['subscription', 'set-quantity', organization, '2', '--reason=A\tB'],
    ]) {
      await refused(fixture.words(...words.map(String), '--yes'), why);
    }
  });
});

describe('stdin', () => {
  test.each([
    ['bytes of Windows-1252', latin1('SCHLÜSSEL-1\n'), 'line 1 is not UTF-8; it looks like Windows-1252'],
    ['blanks around its text', Buffer.from(' KEY-1 \n'), 'begins or ends with spaces'],
  ])('never sends a licence key with %s', async (_what, bytes, why) => {
    const { ref, id } = await some('cloudmore-seller');
    const args = ['subscription', 'set-license', ref, '--yes', '--confirm', id];
    const said = await fixture.wordsWith(bytes, ...args);
    expect(said.stderr).not.toContain('KEY-1');
    await refused(Promise.resolve(said), why);
  });

  test('discards secrets that are not valid UTF-8', async () => {
    const bytes = latin1('{"accessToken": "schlüssel"}');
    await refused(fixture.wordsWith(bytes, 'connection', 'set', 'lineworks', '--secrets-stdin'), 'line 1 is not UTF-8');
    const replaced = Buffer.from('{"accessToken": "schl\\ufffdssel"}');
    await refused(fixture.wordsWith(replaced, 'connection', 'set', 'lineworks', '--secrets-stdin'), broken);
  });
});

describe('files', () => {
  const shiftJis = Buffer.from('8a948eae89ef8ed020834a83818389', 'hex');
  const table = (ref: string, name: string) => `ref,verb,name\n${ref},update,${name}\n`;
  const planned = async (name: string, content: Uint8Array) => {
    const [csv, plan] = [join(fixture.home, `${name}.csv`), join(fixture.home, `${name}.plan`)];
    writeFileSync(csv, content);
    return { plan, said: await fixture.words('plan', 'create', plan, '--from', csv) };
  };

  test.each([
    ['windows-1252', (ref: string) => latin1(table(ref, 'Köln')), 'line 2 is not UTF-8; it looks like Windows-1252'],
    [
      'shift-jis',
      (ref: string) => Buffer.concat([Buffer.from(`ref,verb,name\n${ref},update,`), shiftJis]),
      'line 2 is not UTF-8; it looks like Shift-JIS',
    ],
    [
      'mark',
      (ref: string) => Buffer.from(table(ref, 'A⟨00AD⟩B')),
      'with which Subdeck displays an unprintable character',
    ],
  ])('refuses a table with one line: %s', async (name, content, why) => {
    const { ref } = await some('cloudmore-reseller');
    const { plan, said } = await planned(name, content(ref));
    await refused(Promise.resolve(said), why);
    expect(existsSync(plan)).toBe(false);
  });

  test('reads UTF-16 with a byte order mark and plans its names unchanged', async () => {
    const { ref } = await some('cloudmore-reseller');
    const { plan, said } = await planned('utf-16', Buffer.from(`\ufeff${table(ref, '" Ko\u0308ln "')}`, 'utf16le'));
    expect(said.code, said.stderr).toBe(0);
    const shown = await fixture.words('plan', 'show', plan, '--json');
    expect(shown.json()).toMatchObject({ rows: [{ ref, after: { name: ' Ko\u0308ln ' } }] });
  });
});

test('a form refuses a paste with a tab and a name with U+FFFD', async () => {
  const { id } = await some('cloudcockpit');
  const terminal = fixture.console();
  await terminal.see('Sellers');
  const person = keyboard(terminal);
  await person.openSubscription(id);
  await person.act('Change name, billing or automatic renewal');
  await person.see('Tab next field');
  terminal.press('ctrl+u');
  terminal.type('\u001b[200~A\tB\u001b[201~');
  await person.see('The pasted text contains a tab (U+0009). It was not inserted.');
  terminal.type('K\ufffdln');
  terminal.press('enter');
  await person.see('The value of name has a wrong encoding');
});

test('sent and journalled none of it', async () => {
  expect(await fixture.sent()).toEqual([]);
  expect((await fixture.words('journal', 'list', '--json')).json()).toEqual([]);
});

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
