import { fault } from '../../model/fault.ts';
import { fieldNamed, isFilterField } from '../../model/field-names.ts';
import { completionsAt, type ValuesOf } from '../../model/filter-completion.ts';
import { subscriptionLanguage } from '../../model/filter-parse.ts';
import { printable } from '../../model/printable.ts';
import type { Command } from '../command.ts';
import { completionScript, shells } from '../completion-script.ts';
import type { Context } from '../context.ts';
import { argument } from '../given-values.ts';
import { listOf, object, texts } from '../output-shape.ts';
import { wellEnded } from '../reply-ending.ts';

/** `subdeck completion bash|zsh|fish`, written from the table, and what its scripts ask for. */
export function completionCommands(commands: () => readonly Command[]): readonly Command[] {
  return [
    {
      id: 'completion',
      summary: 'a completion script for a shell',
      words: {
        effect: 'person',
        output: object(texts('shell', 'script')),
        kind: 'text',
        args: [{ name: 'SHELL', help: shells.join(', '), completes: shells }],
        flags: [],
        examples: [
          'completion bash > ~/.local/share/bash-completion/completions/subdeck',
          'completion zsh > ~/.zfunc/_subdeck        a directory of fpath',
          'completion fish > ~/.config/fish/completions/subdeck.fish',
        ],
        run: async (context, input) => {
          const wanted = argument(input, 'SHELL');
          const shell = shells.find((one) => one === wanted);
          if (!shell)
            throw fault('usage', `There is no completion for "${wanted}".`, `Choose one of ${shells.join(', ')}.`);
          const text = completionScript(shell, commands(), context.setup.vendors);
          return { kind: 'text', isData: true, text, json: { shell, script: text }, ...wellEnded };
        },
      },
    },
    {
      id: 'completion values',
      summary: 'names that begin with a text, one a line: what the scripts ask for',
      words: {
        effect: 'person',
        output: object({ values: listOf('text') }),
        kind: 'text',
        args: [
          { name: 'KIND', help: kinds.join(', '), completes: kinds },
          { name: 'TEXT', help: 'the beginning', optional: true },
          { name: 'FIRST', help: 'the first argument of the typed command', optional: true },
        ],
        flags: [],
        run: async (context, input) => {
          const wanted = argument(input, 'KIND');
          const kind = kinds.find((one) => one === wanted);
          if (!kind) throw fault('usage', `There are no values of "${wanted}".`, `Choose one of ${kinds.join(', ')}.`);
          const values = valuesOf[kind](context, input.args.TEXT ?? '', input.args.FIRST ?? '');
          return {
            kind: 'text',
            isData: true,
            text: values
              .map(
                (value) => `${value}
`,
              )
              .join(''),
            json: { values },
            ...wellEnded,
          };
        },
      },
    },
  ];
}

type Beginning = (
  context: Pick<Context, 'connections' | 'cache' | 'setup'>,
  begin: string,
  first: string,
) => readonly string[];

const valuesOf = {
  connection: connectionsBeginning,
  'connection-setting': settingsBeginning,
  ref: refsBeginning,
  filter: filtersBeginning,
} as const satisfies Record<string, Beginning>;
const kinds = Object.keys(valuesOf) as readonly (keyof typeof valuesOf)[];
const most = 200;
const mostOfField = 50;

function connectionsBeginning({ connections }: Pick<Context, 'connections'>, begin: string): readonly string[] {
  return connections.list.map(({ name }) => name).filter((name) => name.startsWith(begin));
}

/** Of the connection's vendor, without secrets, which are never arguments. */
function settingsBeginning(
  { connections, setup }: Pick<Context, 'connections' | 'setup'>,
  begin: string,
  first: string,
): readonly string[] {
  const vendor = connections.list.find(({ name }) => name === first)?.vendor;
  const declared = setup.vendors.find(({ id }) => id === vendor)?.declarations ?? [];
  return declared.flatMap(({ name, secret }) => (!secret && name.startsWith(begin) ? [`${name}=`] : []));
}

/** The last term, completed as Tab in the console does it. */
function filtersBeginning({ cache, connections }: Pick<Context, 'connections' | 'cache'>, text: string) {
  const valuesOf: ValuesOf = ({ id }, begin) => {
    const property = id === 'connection' ? 'name' : id === 'vendor' ? 'vendor' : null;
    if (property !== null) return connections.list.map((each) => each[property]).filter((one) => one.startsWith(begin));
    const field = fieldNamed(id);
    return field === null || !isFilterField(field) ? [] : cache.valuesBeginning(field.id, begin, mostOfField);
  };
  const { from, texts } = completionsAt(text, text.length, subscriptionLanguage, valuesOf);
  // Behind `:` a day is a text, and `<` and `>` are the shell's own signs.
  const isDay = text.slice(0, from).endsWith(':') && texts.includes('30d');
  const shown = isDay ? [] : texts.map((each) => (fieldNamed(each.slice(0, -1)) ? `${each.slice(0, -1)}:` : each));
  return shown.map((each) => `${text.slice(0, from)}${each}`).filter((each) => each === printable(each));
}

/** From the cache as it is: Tab reads nothing from a vendor. An id that a terminal cannot show cannot be typed either. */
function refsBeginning(context: Pick<Context, 'connections' | 'cache'>, begin: string): readonly string[] {
  const slash = begin.indexOf('/');
  if (slash === -1) return connectionsBeginning(context, begin).map((name) => `${name}/`);
  const connection = begin.slice(0, slash);
  const id = begin.slice(slash + 1);
  const { rows } = context.cache.subscriptionWindow({
    scope: [],
    connections: [connection],
    filter: id === '' ? [] : [{ kind: 'contains', field: 'id', text: id, negated: false }],
    search: null,
    sort: [],
    offset: 0,
    limit: most,
  });
  return rows.map(({ ref }) => ref).filter((ref) => ref.startsWith(begin) && ref === printable(ref));
}
