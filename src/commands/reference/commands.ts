import { usualGuard } from '../../model/guard.ts';
import { faultKinds } from '../../sandbox/fault-order.ts';
import type { Command, FlagSpec, Words } from '../command.ts';
import { exitCodesOf } from '../exit-kinds.ts';
import { type LaunchMode, launchModes } from '../launch-modes.ts';
import { everywhere, listFlags, writeFlags } from '../standard-flags.ts';
import { usageOf } from '../usage.ts';
import type { Part, Topic } from './topic.ts';

const { factor, seats } = usualGuard;

/** Every command and flag, from the command table. */
export const commandsTopic: Topic = {
  word: 'commands',
  title: 'Commands',
  summary: 'every command: what it takes, what it changes, its exit codes',
  inManual: 'named',
  parts: ({ commands }) => [
    {
      paragraphs: [
        'All commands of Subdeck are declared in one table, from which the command line, the console, the help, the completion and this page are derived. In the console, type a command without `subdeck` after `:`.',
      ],
    },
    { title: 'What opens' },
    ...launchModes.flatMap(aboutMode),
    {
      title: 'Words',
      paragraphs: [
        'A REF is `connection/subscriptionId`; what stands behind the first `/` is the id, to the letter. An id alone will do where the cache has it once: first the very id, then with or without dashes, in capitals or not, percent-encoded, in quotes or braces, inside a URL, and, where it is a UUID, in any text, also wrapped over two lines. Of several connections that show the subscription the first is taken that can do what is asked, and what was taken is said, and stands in the plan of a write. An id of several subscriptions exits 2 and lists their REFs, an unknown one exits 3. In the console, the search (`Ctrl-P`) finds the ids in a whole ticket.',
      ],
    },
    {
      title: 'Effects',
      paragraphs: [
        'Each command says what running it changes; its exit codes are all that it may end with ([exit codes](exit-codes.md)).',
      ],
      table: { heads: ['Effect', 'What it means'], rows: Object.values(effects).map((effect) => [...effect]) },
    },
    {
      level: 'sub',
      title: 'Today',
      paragraphs: [
        '`subdeck today` and the key `T` list what needs a person. `now` is what a person must decide or mend within 24 hours; the status line shows the same number. What renews automatically, and what nobody can change, is never `now`. `soon` is due within 7 days, `later` within 90. The cancellation period and the renewal of one subscription on the same day are one item. What ended within the last 7 days and is still active has an item, and so has what the vendor could not be asked about.',
        'An item has a KEY, which stays the same while its reason does: with another date or another state it is another item. `snooze`, `done`, `note`, `take` and `release` are lines in the journal, which are added and never changed; the last one counts. A damaged line is one damaged mark: its item is shown until the next snooze or done. A text has at most 1,000 characters, a snooze lasts at most a year.',
        'Money is what a subscription costs in one billing period (see below). Groups sum it exactly, apart for each currency, period, kind of price and meaning, and count each subscription once. A filter is about the subscription of an item; an item without one matches its connection and words. In JSON `due` is ISO 8601 in UTC, or a day; `next.words` is the command that can be run, `next.key` the key in the console. More than 10,000 items of a kind are only counted (`leftOut`), but what is due within 24 hours is always there.',
      ],
    },
    {
      level: 'sub',
      title: 'What confirms a write',
      paragraphs: [
        'Every write is a plan first. One that can be undone is confirmed by `y` in the console, by a yes at a prompt, or by `--yes`. For what cannot be undone the id or the name is typed, with `--yes` too; without a terminal it takes `--yes --confirm ID`.',
        `The setting \`guard\` (\`"guard": {"factor": ${factor}, "seats": ${seats}}\`) finds mistyped quantities. If one of the present and the new number is more than ${factor} times the other, and they differ by at least ${seats}, the new number is typed again; without a terminal: \`--yes --confirm NUMBER\`. Where such a change cannot be undone either, it is the id, a space and the number. An unknown quantity counts as none; a new subscription has none to compare with.`,
        'A bulk plan is confirmed by what it does and how often (`cancel 12`), with the sum of the new numbers if any change is that large (`set-quantity 15, 4800 seats`); without a terminal by the digest of the reviewed file.',
      ],
    },
    {
      level: 'sub',
      title: 'Money',
      paragraphs: [
        "A plan says what it changes in money: price × seats for one billing period, exactly, in the digits and the currency of the vendor. The price is the list price, else the first one; the word in brackets is its kind (`list`, `revenue`, `ERP`, `unit`). The period is the subscription's `billing` where that names a known one; otherwise none is said. Prices are multiplied only where the connection's assumption `price-per-unit` says that they are per unit ([assumptions](assumptions.md)); where it says nothing, the plan shows the price, and that it may be per unit or in total. What ends a subscription also says what is still charged, or that the vendor does not say it.",
        'In JSON a planned write (`--dry-run`, `plan run --dry-run`, `plan show`) has `money`, or null where it changes nothing that is charged: `price` (`{kind, amount, currency}`, or null), `basis` (`unit`, `total`, `unknown`), `period` (`month`, `quarter`, `half-year`, `year`, `2-years`, `3-years`, `5-years`, `once`, or null), `from`, `to` and `change` (decimal texts, null where they are not known), `noPrice` (the reason for no price), and `charged` (`{isKnown, brief, sentence}` for an end). `plan create` and `plan show` add the changes up: `money` is `{sums, uncounted, withoutPrice}`, with one sum for each currency, period and kind of price, which are never added together.',
        'The cost of a subscription is price × seats where the price is per unit, else the price: `{kind, amount, currency, period, covers}`, where `covers` is `all` (of it), `unit` (one unit: none are counted) or `unknown`. `today` has it as `money`. `subscription cancel REF --dry-run --json` says in `charged` what would still be charged if it were cancelled now; `subscription show` says it as text.',
      ],
    },
    ...commands.flatMap(aboutWords),
    { title: 'Flags', paragraphs: ['Every command takes:'], ...flagTable(everywhere) },
    { paragraphs: ['A list also takes:'], ...flagTable(listFlags) },
    { paragraphs: ['A write also takes:'], ...flagTable(writeFlags) },
  ],
};

const effects: Readonly<Record<Words['effect'], readonly [string, string]>> = {
  reads: [
    'reads',
    'reads files of this machine, and vendors, whose answers refresh the cache; an assistant may run it',
  ],
  local: [
    'changes this machine',
    'changes settings, secrets, the cache, marks or plan files here, or the team’s store, and sends no write to a vendor',
  ],
  vendor: ['writes to a vendor', 'sends changes to a vendor, after a plan and a confirmation'],
  person: ['prints', 'changes nothing, and serves a person’s shell or terminal alone'],
};

function aboutMode({ id, words, summary, flags }: LaunchMode): readonly Part[] {
  const name = ['subdeck', words].filter(Boolean).join(' ');
  return [
    { level: 'sub', title: `\`${name}\``, paragraphs: [sentence(summary)], ...flagTable(flags) },
    ...(id === 'sandbox' ? [sandboxFaults] : []),
  ];
}

const sandboxFaults: Part = {
  paragraphs: [
    'The file of `--faults` is a JSON list of `{vendor, method, path, nth, do}`, where only `do` is required: the requests to one vendor, with one method, to one path (or a prefix that ends in `*`), and which of them, counted from 1. A running sandbox takes the same list at `POST /_sandbox/faults` of any of its vendors.',
  ],
  table: {
    heads: ['`do`', 'Effect on the request'],
    rows: Object.entries(faultKinds).map(([kind, effect]) => [`\`${kind}\``, effect]),
  },
};

function aboutWords({ id, summary, words }: Command): readonly Part[] {
  if (!words) return [];
  const [effect] = effects[words.effect];
  const args = words.args.map(({ name, help }) => [`\`${name}\``, help]);
  const about = `Effect: ${effect}. Exit codes: ${exitCodesOf(words).join(', ')}.${words.kind === 'list' ? ' A list.' : ''}`;
  return [
    {
      level: 'sub',
      title: `\`${usageOf(id, words)}\``,
      paragraphs: [sentence(summary), about],
      ...(args.length > 0 && { table: { heads: ['Argument', 'What'], rows: args } }),
    },
    ...(words.flags.length > 0 ? [flagTable(words.flags)] : []),
    ...(words.examples === undefined
      ? []
      : [{ example: words.examples.map((example) => ['subdeck', example].join(' ')) }]),
  ];
}

function flagTable(flags: readonly FlagSpec[]): Pick<Part, 'table'> {
  if (flags.length === 0) return {};
  const rows = flags.map(({ name, value, help }) => [`\`${value ? `--${name} ${value}` : `--${name}`}\``, help]);
  return { table: { heads: ['Flag', 'What'], rows } };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
