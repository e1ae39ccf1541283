/** With one other character in it, all of a file's text would be held in two bytes each, for as long as the program runs. */
export const onlyAscii = {
  name: 'only-ascii',
  renderChunk(code, { name }) {
    // Where an escape would be taken for something else.
    const isRaw = /String\.raw`[^`]*[^\0-\x7f]/.test(code) || /(?<!\\)\\[^\0-\x7f]/.test(code);
    if (isRaw) throw new Error(`${name} has other characters where none can be written as an escape`);
    return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  },
};
