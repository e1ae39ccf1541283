import type { Subscription } from '../../../model/subscription.ts';
import type { Input } from '../../../operations/input.ts';
import type { FormField } from '../../../state/form.ts';
import { proposedLine } from '../../../state/text-line.ts';

/** The form field for an input of an operation. `row`: the subscription; null when one is created. */
export function fieldOf(input: Input, row: Subscription | null): FormField {
  const { name, label, isRequired: required } = input;
  const field = {
    name,
    label,
    help: input.hint(row),
    required,
    line: proposedLine(presentOf(input, row)),
    picked: null,
  };
  switch (input.kind) {
    case 'quantity':
      return { ...field, kind: 'number', choices: [] };
    case 'secret':
      return { ...field, kind: 'masked', choices: [] };
    case 'choice':
      return { ...field, kind: 'choice', choices: input.choices };
    case 'text':
    case 'id':
    case 'vendor choice':
      return { ...field, kind: 'text', choices: [] };
  }
}

/** The initial value of an input's field. */
export function presentOf(input: Input, row: Subscription | null): string {
  return input.kind === 'text' && row !== null ? input.present(row) : '';
}
