import type { Suggestion } from '../../commands/keys/effects/suggestions.ts';
import { paletteWords } from '../../model/palette-words.ts';
import type { Form, FormField } from '../../state/form.ts';
import type { Menu, MenuEntry, PaletteLine, Prompt } from '../../state/overlay.ts';
import { caretPieces } from '../parts/caret.ts';
import type { PieceLine } from '../parts/fields.ts';
import type { Piece } from '../parts/line-pieces.ts';
import type { Theme, Tone } from '../parts/theme.ts';
import { visible, widthOf } from '../text/cells.ts';
import { fitTo } from '../text/fit.ts';
import { counted } from '../text/numbers.ts';
import { wrap, wrapInto } from '../text/wrap.ts';
import type { OverlayContent } from './overlay-box.tsx';

/**
 * A menu. Unavailable entries are dimmed, with the reason beside them, unless it is said above the list; what is truncated of
 * the entry under the cursor is shown in full below the list.
 */
export function menuContent(menu: Menu, room: number, rows: number, theme: Theme): OverlayContent {
  const { top, height, labelled, above, below } = menuWindow(menu, room, rows);
  const shown = menu.entries.slice(top, top + height);
  const more = menu.entries.length - top - shown.length;
  return {
    title: visible(menu.title),
    tone: 'accent',
    lines: [
      ...above,
      ...shown.map((entry) => entryLine(menu, entry, labelled, room, theme)),
      ...(more > 0 ? [[{ text: `  ${theme.marks.down} ${more} more`, tone: 'dim' as const }]] : []),
      ...below,
    ],
  };
}

/** The visible entries of a menu, the width of their labels, and the lines above and below them. */
export function menuWindow(menu: Menu, room: number, rows: number) {
  const found = menu.entries.findIndex((entry) => entry.id === menu.cursor);
  const at = Math.max(0, found);
  const noted = menu.entries.filter((entry) => besideLabel(menu, entry) !== '');
  const measured = noted.length > 0 ? noted : menu.entries;
  const widest = Math.max(...measured.map((entry) => widthOf(visible(entry.label)) + checkWidth(entry)), 0);
  // A label may have more than half where the notes leave it.
  const most = noted.length > 0 ? Math.max(Math.floor(room / 2), room - 3 - widestNote(menu)) : room - 2;
  const labelled = Math.min(most, widest + 2);
  const above = menu.notice === undefined ? [] : [...wrapped(paletteWords(menu.notice), room, 'warn'), []];
  const below = belowMenu(menu, at, room, labelled);
  const height = Math.max(3, rows - 6 - above.length - below.length);
  const top = Math.max(0, Math.min(at - Math.floor(height / 2), menu.entries.length - height));
  return { top, height, labelled, above, below };
}

/** The cells in which no line of a menu is cut. */
export function menuCells(menu: Menu): number {
  const labels = menu.entries.map((entry) => {
    const isNoted = besideLabel(menu, entry) !== '';
    const before = entry.fold === undefined ? 2 + checkWidth(entry) : 4;
    return { cells: before + widthOf(visible(entry.label)), isNoted };
  });
  const noted = labels.filter(({ isNoted }) => isNoted).map(({ cells }) => cells + 3 + widestNote(menu));
  return Math.max(widthOf(visible(menu.title)) + 2, ...noted, ...labels.map(({ cells }) => cells));
}

function widestNote(menu: Menu): number {
  return Math.max(0, ...menu.entries.map((entry) => widthOf(besideLabel(menu, entry))));
}

/** What is beside the label of an entry: its reason, unless it is said for all, or its note. */
function besideLabel({ notice }: Menu, { unavailable, note }: MenuEntry): string {
  return visible(paletteWords((unavailable === notice ? null : unavailable) ?? note ?? ''));
}

/** Of the entry under the cursor: what was truncated, and what its line does not say. */
function belowMenu(menu: Menu, at: number, room: number, labelled: number): readonly PieceLine[] {
  const entry = menu.entries[at];
  if (entry === undefined) return [];
  const label = visible(entry.label);
  const beside = besideLabel(menu, entry);
  const labelCells = widthOf(label) + checkWidth(entry);
  const isLabelCut =
    labelCells > (beside === '' ? room - foldWidth(entry) : Math.max(labelled, room - 3 - widthOf(beside)));
  const isBesideCut = entry.unavailable !== null && widthOf(beside) > room - labelled - 3;
  const lines = [
    ...(isLabelCut ? wrap(label, room) : []),
    ...(isBesideCut ? wrap(beside, room) : []),
    ...(entry.more === undefined ? [] : wrap(visible(paletteWords(entry.more)), room)),
  ];
  return lines.length === 0 ? [] : [[], ...lines.map((text): PieceLine => [{ text }])];
}

function checkWidth(entry: MenuEntry): number {
  return entry.checked === undefined ? 0 : 4;
}

/** What stands before the label: the cursor, and the mark of a folded line. */
function foldWidth(entry: MenuEntry): number {
  return entry.fold === undefined ? 2 : 4;
}

function entryLine(menu: Menu, entry: MenuEntry, width: number, room: number, theme: Theme): PieceLine {
  const selected = entry.id === menu.cursor;
  const bar: Piece = { text: selected ? `${theme.marks.bar} ` : '  ', tone: 'accent' };
  if (entry.fold !== undefined) {
    const mark = entry.fold.isOpen ? theme.marks.open : theme.marks.crumb;
    return [bar, { text: `${mark} ${fitTo(visible(entry.label), room - 4)}`, tone: 'dim' }];
  }
  const check = entry.checked === undefined ? '' : `[${entry.checked ? 'x' : ' '}] `;
  const beside = besideLabel(menu, entry);
  // Without a second column, the label has the whole line.
  const text = `${check}${visible(entry.label)}`;
  const own = Math.max(width, Math.min(widthOf(text), room - 3 - widthOf(beside)));
  const label = fitTo(text, beside === '' ? room - 2 : Math.min(own, room - 2));
  // A space alone would not fit behind a label of the whole line.
  const note = beside === '' ? '' : ` ${beside}`;
  if (entry.unavailable !== null) return [bar, { text: `${label}${note}`, tone: 'dim' }];
  return [bar, { text: label, tone: selected ? 'bold' : 'plain' }, { text: note, tone: 'dim' }];
}

/** A form: a line for each field with its choices below, and the error. */
export function formContent(form: Form, room: number, theme: Theme): OverlayContent {
  return {
    title: form.title,
    tone: 'accent',
    lines: [
      [{ text: visible(nameOf(form.subject)), tone: 'bold' }],
      [{ text: visible(placeOf(form.subject)), tone: 'dim' }],
      [],
      ...form.fields.flatMap((field, index) => fieldLines(field, index === form.focus, room, theme)),
      ...(form.problem === null
        ? []
        : [[], ...wrap(paletteWords(form.problem), room).map((text): PieceLine => [{ text, tone: 'bad' }])]),
    ],
  };
}

/** The cells in which no line of a form is cut. What is wrong is wrapped. */
export function formCells({ fields }: Form, theme: Theme): number {
  const lines = fields.flatMap((field) =>
    [true, false].flatMap((focused) => fieldLines(field, focused, wideRoom, theme)),
  );
  return Math.max(0, ...lines.map((line) => line.reduce((cells, { text }) => cells + widthOf(text), 0)));
}

const wideRoom = 1000;

function nameOf(subject: Form['subject']): string {
  return 'kind' in subject && subject.kind === 'creation' ? (subject.product?.name ?? '') : subject.name;
}

function placeOf(subject: Form['subject']): string {
  if ('kind' in subject && subject.kind === 'items') return subject.organization;
  return subject.organization?.name ?? subject.connection;
}

function fieldLines(field: FormField, focused: boolean, room: number, theme: Theme): readonly PieceLine[] {
  const bar: Piece = { text: focused ? `${theme.marks.bar} ` : '  ', tone: 'accent' };
  const label: Piece = { text: `${fitTo(field.label, 18)} `, tone: focused ? 'bold' : 'plain' };
  if (field.kind === 'choice') {
    const picked = field.choices[field.picked ?? -1];
    const said = focused ? '↑ ↓ choose' : picked === undefined ? '' : visible(picked.label);
    const hint = focused && field.help !== null ? `   ${visible(paletteWords(field.help))}` : '';
    const head: PieceLine = [bar, label, { text: said, tone: focused ? 'dim' : 'plain' }, { text: hint, tone: 'dim' }];
    return focused ? [head, ...choiceLines(field, theme)] : [head];
  }
  const value: readonly Piece[] = focused
    ? caretPieces(field.line, Math.max(8, Math.min(40, room - 22)), field.kind === 'masked')
    : [{ text: field.kind === 'masked' ? '•'.repeat(field.line.text.length) : visible(field.line.text) }];
  return [
    [bar, label, ...value, { text: field.help === null ? '' : `   ${visible(paletteWords(field.help))}`, tone: 'dim' }],
  ];
}

const mostChoices = 8;

/** The choices of a field, at most so many lines; the picked one is among them. */
function choiceLines({ choices, picked }: FormField, theme: Theme): readonly PieceLine[] {
  const at = picked ?? 0;
  const top = Math.max(0, Math.min(at - Math.floor(mostChoices / 2), choices.length - mostChoices));
  const more = choices.length - top - mostChoices;
  const lines = choices.slice(top, top + mostChoices).map((choice, index): PieceLine => {
    const isPicked = top + index === picked;
    const mark = isPicked ? theme.marks.status.active : theme.marks.dot;
    return [{ text: `    ${mark} ${visible(choice.label)}`, tone: isPicked ? 'bold' : 'plain' }];
  });
  return more > 0 ? [...lines, [{ text: `    ${theme.marks.down} ${more} more`, tone: 'dim' }]] : lines;
}

/** A prompt for one line of text. */
export function promptContent(prompt: Prompt, room: number): OverlayContent {
  return {
    title: prompt.title,
    tone: 'accent',
    lines: [
      ...wrapped(prompt.demand ?? '', room, 'bold'),
      [{ text: `${prompt.label}  `, tone: 'dim' }, ...caretPieces(prompt.line, room - widthOf(prompt.label) - 3)],
      ...(prompt.problem === null
        ? wrapped(paletteWords(prompt.note ?? ''), room, 'dim')
        : wrapped(paletteWords(prompt.problem), room, 'bad')),
    ],
  };
}

const mostSuggestions = 12;

/** The palette: the typed or pasted text, and its matches; the window follows the picked line. */
export function paletteContent(
  palette: PaletteLine,
  offered: readonly Suggestion[],
  room: number,
  rows: number,
  theme: Theme,
): OverlayContent {
  const pasted = pastedLines(palette, room);
  const height = Math.max(3, Math.min(mostSuggestions, rows - 8 - detailLines) - pasted.length);
  const top = Math.max(0, Math.min(palette.picked - height + 2, offered.length - height));
  const shown = offered.slice(top, top + height);
  const label = nameCells(offered, room);
  const lines = shown.map((each, index): PieceLine => {
    const selected = top + index === palette.picked;
    return [
      { text: selected ? `${theme.marks.bar} ` : '  ', tone: 'accent' },
      {
        text: fitTo(visible(each.text), wholeName(each, label, room)),
        tone: each.unavailable !== null ? 'dim' : selected ? 'bold' : 'plain',
      },
      { text: ` ${saidOf(each)}`, tone: each.unavailable === null ? 'dim' : 'warn' },
    ];
  });
  const filler = Array.from({ length: height - lines.length }, (): PieceLine => []);
  const below = offered.length - top - shown.length;
  return {
    title: 'Anything',
    tone: 'accent',
    lines: [
      [{ text: ': ', tone: 'accent' }, ...pastedPieces(palette), ...caretPieces(palette.line, room - 2)],
      ...pasted,
      [],
      ...(offered.length === 0
        ? [[{ text: `  ${progressOf(palette) ?? 'No matches.'}`, tone: 'dim' as const }]]
        : lines),
      ...filler.slice(offered.length === 0 ? 1 : 0),
      [{ text: belowText(below, offered.length === 0 ? null : progressOf(palette), theme), tone: 'dim' }],
      ...pickedDetail(offered[palette.picked], label, room),
    ],
  };
}

/** How far a search is that goes on; null: none does. */
function progressOf({ searching }: PaletteLine): string | null {
  if (searching === null) return null;
  return searching.names === null ? 'Searching…' : `Searching… ${counted(searching.names, 'name')} read`;
}

function belowText(below: number, progress: string | null, theme: Theme): string {
  const parts = [below > 0 ? `${theme.marks.down} ${below} more` : '', progress ?? ''].filter((part) => part !== '');
  return parts.length === 0 ? '' : `  ${parts.join('   ')}`;
}

/** The cells of the names: where there is room for all of each line, none is cut. */
function nameCells(offered: readonly Suggestion[], room: number): number {
  const usual = Math.max(26, Math.floor(room / 3));
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(widthOf));
  const names = widest(offered.map(({ text }) => visible(text)));
  const left = room - 3 - widest(offered.map(saidOf));
  if (names <= left) return Math.min(left, Math.max(names + 1, usual));
  return Math.min(names + 1, Math.max(usual, left));
}

/** A long name takes the cells that its own line leaves: it is cut only where its summary would be, too. */
function wholeName(each: Suggestion, label: number, room: number): number {
  return Math.max(label, Math.min(widthOf(visible(each.text)), room - 3 - widthOf(saidOf(each))));
}

const detailLines = 2;

function saidOf({ unavailable, summary }: Suggestion): string {
  return visible(paletteWords(unavailable ?? summary));
}

/** The picked line in full, if it was truncated. */
function pickedDetail(picked: Suggestion | undefined, label: number, room: number): readonly PieceLine[] {
  const said = picked === undefined ? '' : saidOf(picked);
  const name = visible(picked?.text ?? '');
  const cells = picked === undefined ? label : wholeName(picked, label, room);
  const isWhole = widthOf(said) <= room - cells - 3 && widthOf(name) <= cells;
  const text = widthOf(name) <= cells ? said : `${name} · ${said}`;
  const lines = isWhole ? [] : wrapInto(detailLines, text, room - 2);
  return Array.from({ length: detailLines }, (_, index) => [{ text: `  ${lines[index] ?? ''}`, tone: 'dim' as const }]);
}

function pastedPieces({ ticket }: PaletteLine): readonly Piece[] {
  if (ticket === null) return [];
  const lines = ticket.trim().split(/\r\n|\r|\n/).length;
  return [{ text: `${lines === 1 ? 'a long text' : `${lines} lines`} pasted; matches: `, tone: 'title' }];
}

const mostPastedLines = 2;
/** Of a pasted text, which may be as long as a book. */
const mostPastedShown = 1000;

/** The beginning of a pasted text, as continuous text. */
function pastedLines({ ticket }: PaletteLine, room: number): readonly PieceLine[] {
  if (ticket === null) return [];
  const text = ticket.trim().slice(0, mostPastedShown).replaceAll(/\s+/g, ' ');
  const lines = wrapInto(mostPastedLines, visible(text), room - 2);
  return lines.map((line) => [{ text: `  ${fitTo(line, room - 2)}`, tone: 'plain' as const }]);
}

function wrapped(text: string, room: number, tone: Tone): readonly PieceLine[] {
  return text === '' ? [] : wrap(text, room).map((line) => [{ text: line, tone }]);
}
