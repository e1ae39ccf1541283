import { planLines } from '../commands/plan-lines.ts';
import type { PlanReply, Section } from '../commands/reply.ts';
import { printable } from '../model/printable.ts';
import { cellsOf } from './terminal-cells.ts';

/** One thing as text: labels in a column, unknown as `–`. */
export function sectionText(sections: readonly Section[]): string {
  const labels = sections.flatMap(({ fields }) => fields.map(({ label }) => cellsOf(printable(label))));
  const width = Math.min(32, Math.max(0, ...labels));
  return sections.map((section) => oneSection(section, width)).join('\n');
}

function oneSection({ title, fields, empty }: Section, width: number): string {
  const heading = title ? `${printable(title)}\n` : '';
  const indent = title ? '  ' : '';
  const lines = fields.map(({ label, value }) => {
    const shown = printable(label);
    return `${indent}${shown}${' '.repeat(Math.max(0, width - cellsOf(shown)))}  ${value === null ? '–' : printable(value)}\n`;
  });
  if (lines.length === 0 && empty) lines.push(`${indent}${printable(empty)}\n`);
  return heading + lines.join('');
}

type Plan = PlanReply['plans'][number];

export function planText(plan: Plan): string {
  return planLines(plan)
    .map((line) => `${printable(line)}\n`)
    .join('');
}

/** A plan in JSON. */
export function planJson({ verb, ref, sentence, irreversible, before, after, money }: Plan): object {
  return { verb, ref, sentence, irreversible, before, after, money };
}
