import { meaningOf } from '../word-meaning.ts';

/** The product group of a product, from LINE WORKS' codes: `STD_T` → `STD`, `JP_PPO_STD` → `JP`. */
export function groupOf(productId: string): string {
  const end = productId.indexOf('_');
  return end < 1 ? productId : productId.slice(0, end);
}

/** The names that the vendor's pages give for parts of a code. Other parts are unchanged. */
const words: Readonly<Record<string, string>> = {
  FR: 'Free',
  STD: 'Standard',
  ADV: 'Advanced',
  ROG: 'Roger',
  T: 'trial',
};

/** A product's code in words: `ADV_T` → `Advanced trial`, `NTA_BZ_T` → `NTA BZ trial`. */
export function productName(productId: string): string {
  return productId
    .split('_')
    .filter((part) => part !== '')
    .map((part) => meaningOf(words, part) ?? part)
    .join(' ');
}

/** The same with the code beside it, where the two differ: `Advanced trial (ADV_T)`. */
export function productLabel(productId: string): string {
  const name = productName(productId);
  return name === productId ? name : `${name} (${productId})`;
}
