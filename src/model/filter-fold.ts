const plain = /^[\0-\x7f]*$/;
const marks = /[\u0300-\u036f]/g;

/**
 * Text in the form that search compares: without case, without the accents of European scripts, full-width forms as
 * plain ones. Marks that form another letter in their script (か and が) stay.
 */
export function fold(text: string): string {
  if (plain.test(text)) return text.toLowerCase();
  // Upper case first, so that ß matches SS; then lower case, which unifies the final sigma.
  const lower = text.normalize('NFKC').toUpperCase().toLowerCase().replaceAll('ς', 'σ');
  return lower.normalize('NFD').replace(marks, '').normalize('NFC');
}

/** A key whose code point order is the expected order: folded, and `Backup 9` before `Backup 10`. */
export function sortKey(text: string): string {
  return fold(text).replace(/\d+/g, (digits) => {
    const number = digits.replace(/^0+(?=\d)/, '');
    const length = number.length < 9 ? String(number.length) : `9${String(number.length).padStart(4, '0')}`;
    return length + number;
  });
}
