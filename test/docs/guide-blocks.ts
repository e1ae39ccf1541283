/** A fenced block of shell commands in a page. */
export interface ShellBlock {
  /** Line of the opening fence, from 1. */
  readonly line: number;
  readonly commands: string;
  /** What happens with it: the commands are run, where needed beside a server; or the reason why not; null where the page says neither. */
  readonly mark: 'run' | 'run with-postgres' | { readonly notRun: string } | null;
  /** Lines that its output must have, in this order; `…` stands for any text. From the `text output` block behind it. */
  readonly output: readonly string[];
}

interface Fence {
  readonly line: number;
  readonly info: string;
  readonly text: string;
  /** The last line that is not blank before it. */
  readonly before: string;
}

/** The shell blocks of a page, and the fences without a language, which may be commands that nobody marked. */
export function shellBlocksIn(markdown: string): { readonly blocks: readonly ShellBlock[]; readonly bare: number[] } {
  const fences = fencesIn(markdown);
  const blocks = fences.flatMap((fence, index): ShellBlock[] => {
    const [language, ...words] = fence.info.split(' ');
    if (language !== 'sh') return [];
    const next = fences[index + 1];
    const output = next?.info === 'text output' ? next.text.split('\n') : [];
    return [{ line: fence.line, commands: fence.text, mark: markOf(words, fence.before), output }];
  });
  return { blocks, bare: fences.filter(({ info }) => info === '').map(({ line }) => line) };
}

function markOf(words: readonly string[], before: string): ShellBlock['mark'] {
  const mark = words.join(' ');
  if (mark === 'run' || mark === 'run with-postgres') return mark;
  const reason = /^<!-- not run: (.+) -->$/.exec(before)?.[1];
  return reason === undefined ? null : { notRun: reason };
}

function fencesIn(markdown: string): readonly Fence[] {
  const fences: Fence[] = [];
  let open: { line: number; info: string; before: string; lines: string[] } | null = null;
  let before = '';
  for (const [index, text] of markdown.split('\n').entries()) {
    const fence = /^ *```(.*)$/.exec(text);
    if (open === null && fence) open = { line: index + 1, info: (fence[1] ?? '').trim(), before, lines: [] };
    else if (open && fence) {
      fences.push({ line: open.line, info: open.info, before: open.before, text: open.lines.join('\n') });
      open = null;
    } else if (open) open.lines.push(text);
    if (text.trim() !== '') before = text.trim();
  }
  return fences;
}

/** The exit codes that the comments of a block promise, in the order of its lines: `# exits 6`. */
export function promisedCodes(commands: string): readonly number[] {
  return [...commands.matchAll(/# exits (\d+)\b/g)].map(([, code]) => Number(code));
}

/** The first promised line that an output does not have at its place; null where it has all. */
export function missingLine(promised: readonly string[], output: string): string | null {
  const lines = output.split('\n').map((line) => line.trimEnd());
  let from = 0;
  for (const wanted of promised) {
    const pattern = new RegExp(`^${wanted.trimEnd().split('…').map(escaped).join('.*')}$`);
    const at = lines.findIndex((line, index) => index >= from && pattern.test(line));
    if (at === -1) return wanted;
    from = at + 1;
  }
  return null;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
