import { expect, it } from 'vitest';
import { fieldGrid, fieldLines } from '../../src/screens/parts/fields.ts';

const fields = [
  { label: 'Id', value: '4711' },
  { label: 'billingEngineSubscriptionId', value: 'M13130022' },
  { label: 'Read', value: '2 min ago' },
  { label: 'Connection', value: 'nordic' },
];
const texts = (width: number) => fieldGrid(fields, width).map((line) => line.map(({ text }) => text).join(''));

it.each([60, 80, 100, 132, 200])('%i columns show long labels whole beside their values', (width) => {
  const lines = texts(width);
  const all = lines.join('\n').replace(/\s+/g, '');
  for (const { label, value } of fields) {
    expect(all).toContain(label);
    expect(all).toContain(value.replace(/\s+/g, ''));
  }
  expect(all).not.toContain('…');
});

it('wraps a label that is longer than its room', () => {
  const lines = fieldLines({ label: 'a very long label of a vendor', value: 'x' }, 40, 14);
  expect(lines.map(([label]) => label?.text.trim()).join(' ')).toBe('a very long label of a vendor');
});
