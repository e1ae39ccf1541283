import type xterm from '@xterm/headless';

/** The sixteen colours of a dark terminal; only pictures use them, the console leaves colours to the terminal. */
const palette = [
  '#1d1f24',
  '#e06c75',
  '#98c379',
  '#e5c07b',
  '#61afef',
  '#c678dd',
  '#56b6c2',
  '#c8ccd4',
  '#5c6370',
  '#f28b94',
  '#b3dd94',
  '#f2d49b',
  '#84c4ff',
  '#d99af0',
  '#7fd3de',
  '#ffffff',
] as const;
const background = '#16181d';
const foreground = '#c8ccd4';
const cell = { width: 8.4, height: 18 };

interface CellStyle {
  readonly front: string;
  readonly back: string | null;
  readonly bold: boolean;
  readonly underline: boolean;
}

/** The emulator's screen as an SVG picture, cell by cell, and nothing else. */
export function pictureOf(emulator: xterm.Terminal, title: string): string {
  return framed(emulator, title, '', screenOf(emulator).join(''));
}

/** What stands on the emulator's screen, as elements of a picture: one text a row. */
export function screenOf(emulator: xterm.Terminal): readonly string[] {
  return Array.from({ length: emulator.rows }, (_, row) => drawRow(emulator, row));
}

export interface PictureFrame {
  /** From `screenOf`. */
  readonly rows: readonly string[];
  readonly seconds: number;
}

/**
 * The frames one after the other, over and over; each is visible for its seconds. Where a person wants no motion, and where nothing
 * moves, the first one stands still.
 */
export function movingPicture(emulator: xterm.Terminal, frames: readonly PictureFrame[], title: string): string {
  const whole = frames.reduce((sum, { seconds }) => sum + seconds, 0);
  const percent = (seconds: number) => `${Number(((seconds / whole) * 100).toFixed(3))}%`;
  let begin = 0;
  const rules = frames.map(({ seconds }, at) => {
    const [from, to] = [percent(begin), percent(begin + seconds)];
    begin += seconds;
    const before = at === 0 ? '' : '0%{visibility:hidden}';
    const after = at === frames.length - 1 ? '' : `${to}{visibility:hidden}`;
    return `@keyframes f${at}{${before}${from}{visibility:visible}${after}}.f${at}{animation-name:f${at}}`;
  });
  const style = [
    `.f{visibility:hidden;animation:${whole}s step-end infinite}.f0{visibility:visible}`,
    ...rules,
    '@media (prefers-reduced-motion:reduce){.f{animation:none}}',
  ].join('');
  // A row that several frames have stands in the file once.
  const rows = [...new Set(frames.flatMap((frame) => frame.rows))].filter((row) => row !== '');
  const named = new Map(rows.map((row, at) => [row, `r${at}`]));
  const shared = rows.map((row) => `<g id="${named.get(row)}">${row}</g>`).join('');
  const uses = (frame: PictureFrame) =>
    frame.rows.map((row) => (named.has(row) ? `<use href="#${named.get(row)}"/>` : '')).join('');
  const groups = frames.map((frame, at) => `<g class="f f${at}">${uses(frame)}</g>`).join('');
  return framed(emulator, title, `<style>${style}</style>`, `<defs>${shared}</defs>${groups}`);
}

function framed(emulator: xterm.Terminal, title: string, style: string, body: string): string {
  const width = tenths(emulator.cols * cell.width + 24);
  const height = emulator.rows * cell.height + 24;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">` +
    `<title>${escapeXml(title)}</title>${style}<rect width="100%" height="100%" rx="8" fill="${background}"/>` +
    `<g transform="translate(12 12)" font-family="'DejaVu Sans Mono','Menlo','Consolas','Noto Sans Mono CJK JP',monospace" font-size="14" xml:space="preserve" shape-rendering="crispEdges">${body}</g></svg>\n`
  );
}

function drawRow(emulator: xterm.Terminal, row: number): string {
  const buffer = emulator.buffer.active;
  const line = buffer.getLine(buffer.baseY + row);
  if (line === undefined) return '';
  let drawn = '';
  let run: { column: number; text: string; cells: number; look: CellStyle } | null = null;
  const flush = () => {
    if (run !== null) drawn += drawRun(run, row);
    run = null;
  };
  for (let column = 0; column < emulator.cols; column++) {
    const at = line.getCell(column);
    if (at === undefined || at.getWidth() === 0) continue;
    const look = layoutOf(at);
    const chars = at.getChars() || ' ';
    // Characters that a font has in the width of a cell, and those that make a line.
    const plain = at.getWidth() === 1 && chars.length === 1 && (chars < '\u0100' || chars === '─');
    if (run !== null && plain && sameLook(run.look, look)) {
      run.text += chars;
      run.cells += 1;
      continue;
    }
    flush();
    run = { column, text: chars, cells: at.getWidth(), look };
    if (!plain) flush();
  }
  flush();
  return drawn;
}

function drawRun(run: { column: number; text: string; cells: number; look: CellStyle }, row: number): string {
  const x = tenths(run.column * cell.width);
  const y = row * cell.height;
  const width = tenths(run.cells * cell.width);
  const back =
    run.look.back === null
      ? ''
      : `<rect x="${x}" y="${y}" width="${width}" height="${cell.height}" fill="${run.look.back}"/>`;
  if (run.text.trim() === '') return back;
  const style = `${run.look.bold ? ' font-weight="bold"' : ''}${run.look.underline ? ' text-decoration="underline"' : ''}`;
  return `${back}<text x="${x}" y="${y + 13.5}" textLength="${width}" lengthAdjust="spacingAndGlyphs" fill="${run.look.front}"${style}>${escapeXml(run.text)}</text>`;
}

function tenths(length: number): number {
  return Math.round(length * 10) / 10;
}

function layoutOf(at: xterm.IBufferCell): CellStyle {
  let front = at.isFgDefault() ? foreground : colour(at.getFgColor(), at.isFgRGB());
  let back = at.isBgDefault() ? null : colour(at.getBgColor(), at.isBgRGB());
  if (at.isInverse()) [front, back] = [back ?? background, front];
  if (at.isDim()) front = mix(front);
  return { front, back, bold: at.isBold() !== 0, underline: at.isUnderline() !== 0 };
}

function colour(value: number, rgb: boolean): string {
  if (rgb) return `#${value.toString(16).padStart(6, '0')}`;
  const basic = palette[value];
  if (basic !== undefined) return basic;
  if (value >= 232) return grey(8 + (value - 232) * 10);
  const steps = [0, 95, 135, 175, 215, 255] as const;
  const index = value - 16;
  const part = (n: number) => (steps[n % 6] ?? 0).toString(16).padStart(2, '0');
  return `#${part(Math.floor(index / 36))}${part(Math.floor(index / 6))}${part(index)}`;
}

function grey(level: number): string {
  return `#${level.toString(16).padStart(2, '0').repeat(3)}`;
}

/** Dim text: halfway to the background. */
function mix(front: string): string {
  const part = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return `#${[1, 3, 5]
    .map((at) =>
      Math.round((part(front, at) + part(background, at)) / 2)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

function sameLook(a: CellStyle, b: CellStyle): boolean {
  return a.front === b.front && a.back === b.back && a.bold === b.bold && a.underline === b.underline;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
