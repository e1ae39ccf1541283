import { describe, expect, it } from 'vitest';
import { groupOf, productLabel, productName } from '../../../src/api/lineworks/products.ts';

describe('LINE WORKS product codes', () => {
  it.each([
    ['STD', 'STD', 'Standard'],
    ['STD_T', 'STD', 'Standard trial'],
    ['ADV', 'ADV', 'Advanced'],
    ['ADV_T', 'ADV', 'Advanced trial'],
    ['FR', 'FR', 'Free'],
    ['ROG_STD_T', 'ROG', 'Roger Standard trial'],
    ['NTA_BZ_T', 'NTA', 'NTA BZ trial'],
    ['JP_PPO_LT', 'JP', 'JP PPO LT'],
    ['_X', '_X', 'X'],
    ['新商品', '新商品', '新商品'],
  ])('%s is in the group %s and reads as %j', (code, group, name) => {
    expect(groupOf(code)).toBe(group);
    expect(productName(code)).toBe(name);
  });

  it('a label shows the code beside the words', () => {
    expect(productLabel('ADV_T')).toBe('Advanced trial (ADV_T)');
    expect(productLabel('XYZ')).toBe('XYZ');
  });
});
