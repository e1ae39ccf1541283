import { expect, it } from 'vitest';
import { lazily } from '../../src/model/lazily.ts';

it('creates a value once, at its first use, and retries after a failure', () => {
  let asked = 0;
  const value = lazily(() => {
    asked += 1;
    if (asked === 1) throw new Error('not yet');
    return { asked };
  });
  expect(value.made()).toBe(false);
  expect(() => value.get()).toThrow('not yet');
  expect(value.made()).toBe(false);
  const made = value.get();
  expect(made).toEqual({ asked: 2 });
  expect(value.get()).toBe(made);
  expect(value.made()).toBe(true);
});
