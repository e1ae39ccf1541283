import type { Subscription } from '../model/subscription.ts';
import type { Creation } from './creation.ts';
import type { TextLine } from './text-line.ts';

/** A small form: what an action needs to know before it can be planned. */
export interface Form {
  /** Which action it belongs to; `submitForm` turns the values into a write request by it. */
  readonly action: string;
  readonly title: string;
  /** The row that was on screen, or what is to be created. */
  readonly subject: Subscription | Creation;
  readonly fields: readonly [FormField, ...FormField[]];
  readonly focus: number;
  /** Why it cannot go on, after a try. */
  readonly problem: string | null;
}

export interface FormField {
  readonly name: string;
  readonly label: string;
  /** `masked` never shows what was typed. */
  readonly kind: 'text' | 'number' | 'masked' | 'choice';
  readonly help: string | null;
  /** The form is not good without it. */
  readonly required: boolean;
  readonly line: TextLine;
  /** Of a choice; `picked` is null until somebody picks, so that nothing is a default by accident. */
  readonly choices: readonly FormChoice[];
  readonly picked: number | null;
}

export interface FormChoice {
  readonly value: string;
  readonly label: string;
}

/** The values as typed or picked; an unpicked choice is left out. */
export function valuesOf(form: Form): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const field of form.fields) {
    if (field.kind !== 'choice') values[field.name] = field.line.text;
    else if (field.picked !== null) values[field.name] = field.choices[field.picked]?.value ?? '';
  }
  return values;
}
