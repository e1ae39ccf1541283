/** The marks of somebody who chose none: Unicode, unless the locale names another character set (`LANG=C`). */
export function defaultMarks(env: Readonly<Record<string, string | undefined>>): 'unicode' | 'ascii' {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return locale === '' || /utf-?8/i.test(locale) ? 'unicode' : 'ascii';
}
