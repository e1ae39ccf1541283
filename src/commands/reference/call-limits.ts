import type { CallLimits } from '../../api/call-limits.ts';
import { lengthText } from '../../model/calendar.ts';
import { rateText } from '../../model/wait-text.ts';
import type { VendorKind } from '../setup.ts';
import measured from './measured-calls.json' with { type: 'json' };
import type { Part } from './topic.ts';

/** How many calls each vendor takes, and how reads keep to it. */
export function callLimitParts(vendors: readonly VendorKind[]): readonly Part[] {
  return [
    {
      title: 'How many calls a vendor takes',
      paragraphs: [
        'A connection has at most `concurrency` reads under way at once (a setting: 1 to 16, 4 unless set). Fewer are, where a vendor answers "too many calls", where it says that few calls are left, or where its answers take far longer than usual. What a person waits for goes before what a sync reads.',
      ],
      table: {
        heads: ['Vendor', 'Limit', 'Counted for', 'Source'],
        rows: vendors.map(({ title, limits }) => [title, ...limitCells(limits)]),
      },
    },
    {
      paragraphs: [
        'Where a limit is known, calls keep to it before the vendor has to refuse one: a call that is too many waits for the next window, and a sync leaves a tenth of each window to people. A sync that waits says so: on stderr (`NAME: waiting 31 s for …`), in the status line, and on the Calls screen (`:calls`).',
        'Where none is known, only answers can show one: a 429, a 403 that names a pause or a limit, `Retry-After`, or a header with the calls that are left.',
      ],
    },
    {
      ...{ level: 'sub', title: 'What an open console costs' },
      paragraphs: [
        `A console reads what is on screen again once it is older than \`freshFor\`: with 300 s up to ${timesAnHour} times an hour, while nobody types ([what the console reads by itself](../syncing.md)). It takes at most half of a known limit. \`"refresh": "off"\` in \`settings.json\` stops it.`,
        `Calls an hour, sign-in left out, counted on the sandbox with ${grouped(measured.subscriptions)} subscriptions over all its connections. Where calls are made for pages, customers or services, more of these cost more: the calls of one whole read are in parentheses. Several reads at once may ask for two pages in vain.`,
      ],
      table: {
        heads: [
          'Connection',
          'Rows',
          'Customers',
          'All of it on screen',
          'One customer or service',
          'One subscription',
        ],
        rows: measured.connections.map(({ connection, rows, customers, whole, branch, one }) => [
          `\`${connection}\``,
          grouped(rows),
          grouped(customers),
          `${hourly(whole)} (${whole})`,
          `${hourly(branch.calls)} (${branch.level === 'service' ? 'service' : 'customer'})`,
          hourly(one),
        ]),
      },
    },
  ];
}

/** The console reads what is on screen again this often at most, with the usual `freshFor` of 300 s. */
const timesAnHour = 12;

function hourly(calls: number): string {
  return grouped(calls * timesAnHour);
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}

function limitCells(limits: CallLimits): readonly string[] {
  if (limits.kind === 'unknown') return ['no evidence', '', limits.source];
  const { calls, seconds, headers, sustained } = limits;
  const limit = [
    `\`${headers.limit}\` of each answer; ${rateText({ calls: calls.unlessNamed, seconds })} where answers have none, ${calls.untilAnswered} until the first came.`,
    `A sync that goes on for ${lengthText(sustained.afterSeconds * 1000)} takes ${sustained.share * 100} % of it.`,
  ];
  return [limit.join(' '), `each ${limits.per}`, limits.source];
}
