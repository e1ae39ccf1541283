import { characterFault } from '../../model/text-check.ts';
import { withoutEnd } from '../../model/without-end.ts';
import type { ConsoleState } from '../console-state.ts';
import type { Form, FormField } from '../form.ts';
import { clamp } from '../list.ts';
import { edit, insert } from '../text-line.ts';

/** The focused field. */
export function focused(form: Form): FormField {
  return form.fields[form.focus] ?? form.fields[0];
}

/** Moves the focus, wrapping around. */
export function turnField(state: ConsoleState, by: 1 | -1): ConsoleState {
  return changed(state, (form) => ({ ...form, focus: (form.focus + by + form.fields.length) % form.fields.length }));
}

/** Up and down pick within a choice; elsewhere they move between fields. */
export function stepField(state: ConsoleState, by: 1 | -1): ConsoleState {
  if (state.overlay?.kind !== 'form') return state;
  const field = focused(state.overlay.form);
  if (field.kind !== 'choice') return turnField(state, by);
  const first = by === 1 ? 0 : field.choices.length - 1;
  const picked = field.picked === null ? first : clamp(field.picked + by, field.choices.length - 1);
  return changed(state, (form) => withField(form, { ...field, picked }));
}

export function typeInForm(state: ConsoleState, text: string): ConsoleState {
  return changed(state, (form) => {
    const field = focused(form);
    return field.kind === 'choice' ? form : withField(form, { ...field, line: insert(field.line, text) });
  });
}

/** Pasted text is inserted unchanged or rejected: a form's values are sent to a vendor. */
export function pasteInForm(state: ConsoleState, text: string): ConsoleState {
  return changed(state, (form) => {
    const field = focused(form);
    if (field.kind === 'choice') return form;
    // A copied line ends with a line break, which is not part of the value.
    const given = withoutEnd(text, '\r\n');
    const wrong = characterFault('The pasted text', given);
    if (wrong !== null) return { ...form, problem: `${wrong.message} It was not inserted.` };
    const line = insert(field.line, given);
    const isWhole = line.text.length === field.line.text.length + given.length;
    return isWhole
      ? withField(form, { ...field, line })
      : { ...form, problem: 'The pasted text is too long. It was not inserted.' };
  });
}

export function editInForm(state: ConsoleState, key: string): ConsoleState {
  return changed(state, (form) => {
    const field = focused(form);
    const line = field.kind === 'choice' ? null : edit(field.line, key);
    return line === null ? form : withField(form, { ...field, line });
  });
}

export function formProblem(state: ConsoleState, problem: string): ConsoleState {
  return changed(state, (form) => ({ ...form, problem }));
}

function withField(form: Form, field: FormField): Form {
  const [first, ...rest] = form.fields;
  const put = (other: FormField): FormField => (other.name === field.name ? field : other);
  return { ...form, fields: [put(first), ...rest.map(put)], problem: null };
}

function changed(state: ConsoleState, change: (form: Form) => Form): ConsoleState {
  if (state.overlay?.kind !== 'form') return state;
  const form = change(state.overlay.form);
  return form === state.overlay.form ? state : { ...state, overlay: { kind: 'form', form } };
}
