import type xterm from '@xterm/headless';
import stringWidth from 'string-width';

/** Makes an emulator draw characters of ambiguous width two cells wide, as terminals with East Asian fonts do. */
export function drawAmbiguousWide(emulator: xterm.Terminal): void {
  const wcwidth = (point: number): 0 | 1 | 2 => {
    if (point < 0x20 || (point >= 0x7f && point < 0xa0)) return 0;
    const width = stringWidth(String.fromCodePoint(point), { ambiguousIsNarrow: false });
    return width === 0 || width === 2 ? width : 1;
  };
  const version = 'ambiguous-wide';
  emulator.unicode.register({
    version,
    wcwidth,
    // As xterm.js packs them: the width, and whether it joins the character before.
    charProperties(point, preceding) {
      const width = wcwidth(point);
      const joins = width === 0 && preceding !== 0;
      return ((joins ? Math.max(1, (preceding >> 1) & 3) : width) << 1) | (joins ? 1 : 0);
    },
  });
  emulator.unicode.activeVersion = version;
}

/** A line of the screen by cells: the second cell of a wide character is a zero byte. */
export function cellLines(emulator: xterm.Terminal): readonly string[] {
  const buffer = emulator.buffer.active;
  return Array.from({ length: emulator.rows }, (_, row) => {
    const line = buffer.getLine(buffer.baseY + row);
    return Array.from({ length: emulator.cols }, (_, at) => {
      const cell = line?.getCell(at);
      // One UTF-16 unit a cell, so that an index is a column.
      return cell === undefined || cell.getWidth() === 0 ? '\0' : (cell.getChars() || ' ').slice(0, 1);
    }).join('');
  });
}
