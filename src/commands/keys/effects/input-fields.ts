import { can, type ListedInput, type ListedValue, type Vendor, type VendorLists } from '../../../api/contract.ts';
import { FaultError } from '../../../model/fault.ts';
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

/**
 * The fields of a form for a subscription. Where the vendor lists what an input takes, it is a choice; where it takes nothing,
 * there is no field; where the list cannot be read, a text with the reason.
 */
export async function fieldsOf(
  inputs: readonly Input[],
  row: Subscription,
  vendor: Pick<Vendor, 'lists'>,
  signal?: AbortSignal,
): Promise<readonly FormField[]> {
  const fields = await Promise.all(
    inputs.map(async (input): Promise<readonly FormField[]> => {
      const field = fieldOf(input, row);
      if (input.kind !== 'text' || input.list === null) return [field];
      const listed = await valuesOf(vendor.lists[input.list], row, signal);
      if ('no' in listed) return [{ ...field, help: [field.help, listed.no].filter(Boolean).join('; ') }];
      return listed.length === 0 ? [] : [choiceOf(field, listed)];
    }),
  );
  return fields.flat();
}

async function valuesOf(
  list: VendorLists[ListedInput],
  row: Subscription,
  signal: AbortSignal | undefined,
): Promise<readonly ListedValue[] | { readonly no: string }> {
  if (!can(list)) return list;
  try {
    return await list(row, signal);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return { no: `the choices could not be read: ${error.fault.message}` };
  }
}

/** Nothing is picked where a value is required; an optional one begins with what is there now, else with none. */
function choiceOf(field: FormField, listed: readonly ListedValue[]): FormField {
  const present = listed.findIndex(({ value }) => value === field.line.text);
  const isOpen = !field.required && present === -1;
  const choices = isOpen ? [{ value: '', label: 'not given' }, ...listed] : listed;
  return { ...field, kind: 'choice', choices, picked: isOpen ? 0 : present === -1 ? null : present };
}

/** The initial value of an input's field. */
export function presentOf(input: Input, row: Subscription | null): string {
  return input.kind === 'text' && row !== null ? input.present(row) : '';
}
