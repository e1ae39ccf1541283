import { readId } from '../../journal/id.ts';
import { fault } from '../../model/fault.ts';
import type { MarkAction } from '../../model/today-mark.ts';
import type { Item } from '../../today/item.ts';
import { itemLabel, itemSubject, markSentences } from '../../today/today-words.ts';
import type { ArgumentSpec, Command, FlagSpec, Input } from '../command.ts';
import type { Context } from '../context.ts';
import { argument, demandedFlag, flag } from '../given-values.ts';
import { itemJson } from '../json-rows.ts';
import { type MarkRequest, markItems } from '../mark-items.ts';
import { listOf, object } from '../output-shape.ts';
import type { Reply } from '../reply.ts';
import { wellEnded } from '../reply-ending.ts';
import { itemShape } from '../row-shapes.ts';
import { readItems, type TodayContext } from '../today.ts';
import { untilHelp, untilOf } from '../until.ts';

const keyArgument: ArgumentSpec = { name: 'KEY', help: 'the KEY that subdeck today shows' };
const keysArgument: ArgumentSpec = { ...keyArgument, rest: true };
const reasonFlag: FlagSpec = { name: 'reason', value: 'TEXT', help: 'the reason, for other members' };

/** People's marks on the items of Today, kept in the journal. */
export const todayMarkCommands: readonly Command[] = [
  markCommand('snooze', 'hide an item of Today until a time; it comes back automatically', {
    args: [keysArgument],
    flags: [{ name: 'until', value: 'WHEN', help: untilHelp }, reasonFlag],
    examples: ['today snooze KEY --until monday', 'today snooze KEY --until 3d --reason TICKET-4711'],
    keysOf: ({ rest }) => rest,
    requestOf: (input, now) => ({
      until: untilOf('--until', demandedFlag(input, 'until'), now),
      text: flag(input, 'reason'),
    }),
  }),
  markCommand('done', 'remove an item from Today; it comes back when its date or state changes', {
    args: [keysArgument],
    flags: [reasonFlag],
    examples: ['today done KEY --reason "customer keeps it"'],
    keysOf: ({ rest }) => rest,
    requestOf: (input) => ({ until: null, text: flag(input, 'reason') }),
  }),
  markCommand('note', 'leave a note on an item of Today', {
    args: [keyArgument, { name: 'TEXT', help: 'the note, which replaces an earlier one' }],
    flags: [],
    examples: ['today note KEY "called, waits for their order"'],
    keysOf: (input) => [argument(input, 'KEY')],
    requestOf: (input) => ({ until: null, text: argument(input, 'TEXT') }),
  }),
  markCommand('take', 'mark an item of Today as mine', {
    args: [keysArgument],
    flags: [],
    keysOf: ({ rest }) => rest,
    requestOf: () => ({ until: null, text: null }),
  }),
  markCommand('release', 'put an item back on Today: without an owner, not snoozed, not done', {
    args: [keysArgument],
    flags: [],
    keysOf: ({ rest }) => rest,
    requestOf: () => ({ until: null, text: null }),
  }),
];

interface MarkWords {
  readonly args: readonly ArgumentSpec[];
  readonly flags: readonly FlagSpec[];
  readonly examples?: readonly string[];
  keysOf(input: Input): readonly string[];
  requestOf(input: Input, now: number): Omit<MarkRequest, 'action'>;
}

function markCommand(action: MarkAction, summary: string, { keysOf, requestOf, ...words }: MarkWords): Command {
  return {
    id: `today ${action}`,
    summary,
    words: {
      effect: 'local',
      output: object({ at: 'text', items: listOf(itemShape) }),
      ...words,
      kind: 'object',
      run: (context, input) => {
        const request = { action, ...requestOf(input, context.clock.now()) };
        return mark(context, keysOf(input), request);
      },
    },
  };
}

async function mark(
  context: TodayContext & Pick<Context, 'journal'>,
  typed: readonly string[],
  request: MarkRequest,
): Promise<Reply> {
  const keys = [...new Set(typed.map(readId))];
  const before = await itemsOf(context);
  for (const key of keys) {
    if (!before.has(key)) {
      const message = `Nothing on Today has the KEY "${key.slice(0, 40)}".`;
      throw fault(
        'missing',
        message,
        'subdeck today --snoozed shows the KEYs; a KEY changes with the date or state of its item.',
      );
    }
  }
  await markItems(
    context,
    keys.map((key) => ({ key })),
    request,
  );
  const [after, now] = [await itemsOf(context), context.clock.now()];
  const items = keys.flatMap((key) => after.get(key) ?? []);
  return {
    kind: 'object',
    json: { at: new Date(now).toISOString(), items: items.map((item) => itemJson(item, now)) },
    sections: [{ title: null, fields: items.map((item) => ({ label: item.key, value: saidOf(item, now) })) }],
    ...wellEnded,
  };
}

async function itemsOf(context: TodayContext): Promise<ReadonlyMap<string, Item>> {
  const names = context.connections.list.map(({ name }) => name);
  const { items } = await readItems(context, names);
  return new Map(items.map((item) => [item.key, item]));
}

function saidOf(item: Item, now: number): string {
  const marks = markSentences(item, now);
  const said = marks.length === 0 ? ['It has no owner'] : marks;
  return [`${itemSubject(item)} (${itemLabel(item, 'ascii').slice(2)})`, ...said].map((part) => `${part}.`).join(' ');
}
