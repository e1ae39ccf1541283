/** What parts the cells of a table that a spreadsheet opens. */
export const csvSeparators = [',', ';', '\t'] as const;
export type CsvSeparator = (typeof csvSeparators)[number];

/** What spreadsheets expect where nobody chose: a semicolon where a comma is the decimal point. */
export function localeSeparator(locale?: string): CsvSeparator {
  return new Intl.NumberFormat(locale).format(0.5).includes(',') ? ';' : ',';
}
