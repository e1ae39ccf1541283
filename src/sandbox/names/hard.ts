/** Names as left behind by people, imports and mistakes, to test display and sorting. */
export const hardNames: readonly [string, ...string[]] = [
  '\u001b[31mRed alert\u001b[0m\u0007 Backup',
  'invoice\u202Efdp.exe\u202C Mail',
  `Very long: ${'Unternehmensweite Datensicherungsvereinbarung '.repeat(9).trim()}`,
  '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  '  two  spaces\tand a tab ',
  'first line\r\nsecond line',
  '👩‍👩‍👧‍👦 Family plan 🇳🇴',
  'Z\u0351\u036b\u0343a\u0363\u0348l\u0321\u032bg\u0321\u0321o\u0322 Security',
  '=HYPERLINK("http://127.0.0.1/","Backup")',
  '"quoted", with; separators',
  'zero\u200bwidth\ufeff Office',
  '-',
];
