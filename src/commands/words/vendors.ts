import { type AbilityMatrix, abilityMatrix, type MatrixRow, reasonsOf } from '../ability-matrix.ts';
import type { Command } from '../command.ts';
import type { ReadingContext } from '../context.ts';
import { listOf, object, texts } from '../output-shape.ts';
import type { Reply } from '../reply.ts';
import { wellEnded } from '../reply-ending.ts';

export const vendorsCommand: Command = {
  id: 'vendors',
  summary: 'what each vendor can do, and why it cannot do the rest',
  words: {
    effect: 'reads',
    output: object({
      ...texts('ability', 'title'),
      vendors: listOf(object({ ...texts('kind', 'vendor', 'reason', 'because'), can: 'switch' })),
    }),
    kind: 'list',
    args: [],
    flags: [],
    run: async (context) => run(context),
  },
};

async function run(context: Pick<ReadingContext, 'connections'>): Promise<Reply> {
  const matrix = abilityMatrix(await context.connections.abilityMatrix());
  return {
    kind: 'list',
    columns: [
      { id: 'ability', title: 'ability', align: 'left' },
      ...matrix.vendors.map(({ id }) => ({ id, title: id, align: 'left' }) as const),
    ],
    rows: matrix.rows.map((row) => ({ json: json(row), cells: [row.title, ...row.cells.map(({ said }) => said)] })),
    empty: 'There are no vendors.',
    notes: matrix.vendors.flatMap((vendor) => ['', ...whyNot(matrix, vendor)]),
    ...wellEnded,
  };
}

/** Every kind of connection by itself, so that a script need not parse words. */
function json({ ability, title, cells }: MatrixRow): object {
  const vendors = cells.flatMap(({ vendor, kinds }) =>
    kinds.map(({ kind, can, reason, because }) => ({ kind, vendor, can, reason, because })),
  );
  return { ability, title, vendors };
}

function whyNot(matrix: AbilityMatrix, { id, title }: AbilityMatrix['vendors'][number]): readonly string[] {
  const reasons = reasonsOf(matrix, id);
  return [`Why not at ${title}`, ...reasons.flatMap(({ titles, reason }) => lines(`${titles.join(', ')}: ${reason}`))];
}

const widest = 76;

/** A paragraph wrapped to fit any terminal; the first line is outdented. */
function lines(paragraph: string): readonly string[] {
  const found: string[] = [];
  let line = ' ';
  for (const word of paragraph.split(' ')) {
    if (line.length + 1 + word.length > widest && line.trim() !== '') {
      found.push(line);
      line = '   ';
    }
    line += ` ${word}`;
  }
  return [...found, line];
}
