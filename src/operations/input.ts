import type { ListedInput, Vendor } from '../api/contract.ts';
import { type Fault, type FaultError, fault } from '../model/fault.ts';
import type { Subscription } from '../model/subscription.ts';
import { quantityTextFault } from './quantity.ts';

/**
 * An input of an operation: an argument, a flag, `name=value` or stdin on the command line, a column in a table, a
 * field in the console's form.
 */
export type Input = TextInput | IdInput | QuantityInput | SecretInput | ChoiceInput | VendorChoiceInput;

interface InputDeclaration {
  /** In `name=value`, and in lower case the column's name. */
  readonly name: string;
  readonly words: 'argument' | 'flag' | 'pair' | 'stdin';
  /** The placeholder for its value in help: `N`. */
  readonly placeholder: string;
  /** The help of its argument or flag. */
  readonly help: string;
  readonly isRequired: boolean;
  /** The label of its form field. */
  readonly label: string;
  /** The hint beside its field, or null. */
  hint(row: Subscription | null): string | null;
}

export interface TextInput extends InputDeclaration {
  readonly kind: 'text';
  /** The field's initial value: the current one. */
  present(row: Subscription): string;
  /** The list of the vendor that its form offers; null: no vendor has one. */
  readonly list: ListedInput | null;
}

/** A vendor's id, which is looked up. */
export interface IdInput extends InputDeclaration {
  readonly kind: 'id';
}

export interface QuantityInput extends InputDeclaration {
  readonly kind: 'quantity';
}

/** Never on a command line, in a table or in a plan file, and never displayed. */
export interface SecretInput extends InputDeclaration {
  readonly kind: 'secret';
}

export interface ChoiceInput extends InputDeclaration {
  readonly kind: 'choice';
  readonly choices: readonly Choice[];
  /** Other values are rejected here; otherwise the vendor judges them. */
  readonly isClosed: boolean;
}

/** One of the vendor's choices for this subscription, read on demand. */
export interface VendorChoiceInput extends InputDeclaration {
  readonly kind: 'vendor choice';
  /** The message if there are no choices. */
  readonly none: string;
  /** Throws `FaultError`. */
  choices(
    vendor: Vendor,
    row: Subscription,
    signal?: AbortSignal,
  ): Promise<readonly VendorChoice[] | { readonly no: string }>;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface VendorChoice extends Choice {
  readonly note: string | null;
}

/** For `present`. */
export const startsEmpty = (): string => '';
/** For `hint`. */
export const noHint = (): null => null;
export const hinted = (hint: string) => (): string => hint;

export function isSecret({ kind }: Input): boolean {
  return kind === 'secret';
}

interface Takes {
  readonly id: string;
  readonly inputs: readonly Input[];
  readonly otherInputs: 'refused' | 'for the vendor';
}

/** Why these values are not valid inputs, or null. `given`: by the inputs' names, without empty ones. */
export function givenFault({ id, inputs, otherInputs }: Takes, given: Readonly<Record<string, string>>): Fault | null {
  const names = inputs.map(({ name }) => name);
  const stranger = Object.keys(given).find((name) => !names.includes(name));
  if (stranger !== undefined && otherInputs === 'refused') {
    const takes = names.length === 0 ? 'It takes no other values.' : `It takes ${names.join(', ')}.`;
    return usage(`${id} has no input ${stranger}.`, takes).fault;
  }
  for (const input of inputs) {
    const value = given[input.name];
    if (value === undefined) {
      if (input.isRequired) return usage(`${id} needs ${input.name}.`, `Give ${input.help}.`).fault;
      continue;
    }
    const wrong = valueFault(input, value);
    if (wrong !== null) return wrong;
  }
  return null;
}

function valueFault(input: Input, value: string): Fault | null {
  if (input.kind === 'quantity') return quantityTextFault(value);
  if (input.kind !== 'choice' || !input.isClosed) return null;
  const values = input.choices.map((choice) => choice.value);
  if (values.includes(value)) return null;
  return usage(`${JSON.stringify(value)} is not a valid ${input.name}.`, `Use ${values.join(' or ')}.`).fault;
}

function usage(message: string, next: string): FaultError {
  return fault('usage', message, next);
}
