import { afterEach, expect, it } from 'vitest';
import { makeConsole, type TestConsole } from '../../state/console.ts';
import { makeFixture } from '../../state/fixture.ts';
import { subscription } from '../../state/rows.ts';
import { frameOf } from '../frame.tsx';

let open: TestConsole | null = null;
afterEach(() => open?.stop());

it.each([60, 80, 120])('in %i columns an empty list says which term of its filter matches nothing', (columns) => {
  open = makeConsole(makeFixture([subscription({ id: 'a' })]), { columns, rows: 24 });
  open.type('S/');
  open.paste('status:suspnded vendor:foo');
  const text = () =>
    frameOf(open as TestConsole)
      .join(' ')
      .replaceAll(/\s+/g, ' ');
  const why = [
    'Nothing matches status:suspnded: "status" is active, pending,',
    'Did you mean suspended?',
    'Nothing matches vendor:foo: "vendor" is cloudmore, interworks or lineworks.',
  ];
  for (const sentence of why) expect(text()).toContain(sentence);
  open.type('<enter>');
  for (const sentence of why) expect(text()).toContain(sentence);
  expect(text()).toContain('Esc clears');
});

it.each(['J', 'R'])('so does the list of %s', (key) => {
  open = makeConsole(makeFixture([subscription({ id: 'a' })]));
  open.type(`${key}/`);
  open.paste('state:foo');
  expect(frameOf(open).join(' ')).toContain('Nothing matches state:foo: ');
});
