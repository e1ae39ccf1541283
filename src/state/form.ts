import type { Subscription } from '../model/subscription.ts';
import type { Creation } from './creation.ts';
import type { TextLine } from './text-line.ts';

/** A form with the inputs of an action. */
export interface Form {
  /** The action it belongs to, which `submitForm` uses to make the write request. */
  readonly action: string;
  readonly title: string;
  /** The row on screen, the new subscription, or items of Today. */
  readonly subject: Subscription | Creation | MarkedItems;
  readonly fields: readonly [FormField, ...FormField[]];
  readonly focus: number;
  /** The reason that was given for its plan, for the journal. */
  readonly reason: string | null;
  /** The error of the last submit. */
  readonly problem: string | null;
}

/** Items of Today that a form is about. */
export interface MarkedItems {
  readonly kind: 'items';
  /** Their KEYs. */
  readonly keys: readonly string[];
  readonly name: string;
  readonly organization: string;
}

export interface FormField {
  readonly name: string;
  readonly label: string;
  /** `masked` never shows the typed text. */
  readonly kind: 'text' | 'number' | 'masked' | 'choice';
  readonly help: string | null;
  /** Required. */
  readonly required: boolean;
  readonly line: TextLine;
  /** Of a choice; `picked` is null until the user picks: there is no default. */
  readonly choices: readonly FormChoice[];
  readonly picked: number | null;
}

export interface FormChoice {
  readonly value: string;
  readonly label: string;
}

/** The values as typed or picked, without unpicked choices. */
export function valuesOf(form: Form): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const field of form.fields) {
    if (field.kind !== 'choice') values[field.name] = field.line.text;
    else if (field.picked !== null) values[field.name] = field.choices[field.picked]?.value ?? '';
  }
  return values;
}
