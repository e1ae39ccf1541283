import { describe, expect, test } from 'vitest';
import { assumeSetting, choicesOf, pricePerUnit } from '../../src/api/assumption.ts';
import { vendors } from '../../src/api/registry.ts';
import { vendorIn } from '../../src/api/vendor-kind.ts';
import { mistakesIn } from '../../src/model/setting-check.ts';
import { startSandbox } from '../../src/sandbox/start.ts';
import { sandboxVendors } from '../../src/sandbox/vendors.ts';

const all = [...vendors].flatMap(([vendor, { assumptions }]) =>
  Object.entries(assumptions).map(([id, assumption]) => ({ vendor, id, ...assumption })),
);
const choosable = all.filter(({ alternatives }) => alternatives !== undefined);

test('every assumption id is unique and valid in a setting and a flag', () => {
  const ids = all.map(({ id }) => id);
  const own = ids.filter((id) => id !== pricePerUnit);
  expect(new Set(own).size).toBe(own.length);
  for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
});

test.each(all)('$id says in full sentences what it rests on', ({ says, source, alternatives }) => {
  for (const sentence of [says, source]) expect(sentence).toMatch(/^\S.*[.]$/);
  if (alternatives !== undefined) expect(Object.keys(alternatives).length).toBeGreaterThan(1);
});

describe.each(choosable)('$id of $vendor', ({ vendor, id, alternatives = {} }) => {
  const { settings, assumptions } = vendorIn(vendors, vendor);
  const [usual = '', ...others] = Object.keys(alternatives);

  test('accepts its alternatives as a setting; the default is the first', () => {
    for (const alternative of [usual, ...others]) {
      expect(mistakesIn({ [assumeSetting(id)]: alternative }, settings)).toEqual([]);
      expect(choicesOf(assumptions, { [assumeSetting(id)]: alternative })).toMatchObject({ [id]: alternative });
    }
    expect(choicesOf(assumptions, {})).toMatchObject({ [id]: usual });
  });

  test('refuses an unknown alternative and lists the known ones', () => {
    const [mistake] = mistakesIn({ [assumeSetting(id)]: 'sideways' }, settings);
    for (const alternative of [usual, ...others]) expect(mistake?.message).toContain(alternative);
  });

  test('has a sandbox variant for every alternative', () => {
    const readings = sandboxVendors.find((one) => one.id === vendor)?.variants[id] ?? [];
    expect(readings).toEqual(expect.arrayContaining(others));
  });
});

test.each([...vendors.keys()])('an unknown assumption of %s is refused; the message lists the known ones', (vendor) => {
  const { settings } = vendorIn(vendors, vendor);
  const [mistake] = mistakesIn({ 'assume.colour': 'red' }, settings);
  const own = choosable.filter((one) => one.vendor === vendor).map(({ id }) => assumeSetting(id));
  expect(own.length).toBeGreaterThan(0);
  for (const name of own) expect(mistake?.message).toContain(name);
  expect(mistakesIn({ colour: 'red' }, settings)[0]?.message).not.toContain('assume.');
});

test('every sandbox variant belongs to an assumption of the adapter', () => {
  for (const { id: vendor, variants } of sandboxVendors)
    for (const id of Object.keys(variants)) expect(Object.keys(vendorIn(vendors, vendor).assumptions)).toContain(id);
});

test.each([
  [{ colour: 'red' }, 'history-path'],
  [{ 'history-path': 'sideways' }, 'either, document, swagger'],
])('the sandbox refuses the variant %j and lists the known ones', async (variants, words) => {
  await expect(startSandbox({ scale: 10, variants })).rejects.toThrow(words);
});
