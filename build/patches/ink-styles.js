/** Ink takes each text apart, twice a frame, for sequences that a terminal should not get: a text that has only styles has none. */
export const stylesAsTheyAre = {
  name: 'styles-as-they-are',
  transform(code, id) {
    if (!/[\\/]ink[\\/]build[\\/]sanitize-ansi\.js$/.test(id)) return null;
    const begin = 'const sanitizeAnsi = (text) => {';
    if (!code.includes(begin)) throw new Error('ink cleans texts in another way');
    const onlyStyles = String.raw`/^(?:\P{Control}|\u{1b}\[[\d;]*m(?!\p{Mark}))*$/u`;
    return code.replace(
      begin,
      `const onlyStyles = ${onlyStyles};\n${begin}\n    if (onlyStyles.test(text)) return text;`,
    );
  },
};
