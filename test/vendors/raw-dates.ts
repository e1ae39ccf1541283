/**
 * The dates in a text for people that are not in the one format of docs/reference/fields.md, each with what surrounds it: `2027-06-06`,
 * `2026-11-21T12:00:00.000Z`. What a person types is not one (a filter such as `ends<2026-12-01`), nor is a
 * value in JSON, a part of a path or of a file's name.
 */
export function rawDates(text: string): readonly string[] {
  return [...text.matchAll(rawDate)].map(({ index, 0: { length } }) =>
    text
      .slice(Math.max(0, index - 40), index + length + 10)
      .split('\n')
      .join(' ⏎ '),
  );
}

const rawDate = /(?<![\w"'=<>:/-])\d{4}-\d\d-\d\d(?![\w-]*\.\w)(?:[T ]\d\d:\d\d[\w:.+-]*)?/g;
