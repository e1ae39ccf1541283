import type { Choice, Field } from '../../../state/form.ts';
import { textLine } from '../../../state/text-line.ts';

export function text(name: string, label: string, value: string, help: string | null): Field {
  return { name, label, kind: 'text', help, required: false, line: textLine(value), choices: [], picked: null };
}

/** Starts empty: what is there stands in the help. */
export function number(name: string, label: string, help: string | null, required = false): Field {
  return { name, label, kind: 'number', help, required, line: textLine(), choices: [], picked: null };
}

export function masked(name: string, label: string, help: string | null): Field {
  return { name, label, kind: 'masked', help, required: true, line: textLine(), choices: [], picked: null };
}

/** Nothing is picked at first. */
export function choice(name: string, label: string, choices: readonly Choice[], required = true): Field {
  return { name, label, kind: 'choice', help: null, required, line: textLine(), choices, picked: null };
}
