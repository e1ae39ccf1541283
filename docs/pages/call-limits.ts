import type { CallLimits } from '../../src/api/call-limits.ts';
import type { Vendors } from '../../src/api/vendor-kind.ts';
import { lengthText } from '../../src/model/calendar.ts';
import { rateText } from '../../src/model/wait-text.ts';
import { consoleCallLines } from './console-calls.ts';
import { table, text } from './markdown.ts';

/** How many calls each vendor takes, and how reads keep to it. */
export async function callLimitLines(vendors: Vendors): Promise<readonly string[]> {
  return [
    '## How many calls a vendor takes',
    'A connection has at most `concurrency` reads under way at once (a setting: 1 to 16, 4 unless set). Fewer are, where a vendor',
    'answers "too many calls", where it says that few calls are left, or where its answers take far longer than usual. What a person waits for',
    'goes before what a sync reads.',
    '',
    ...table(
      ['Vendor', 'Limit', 'Counted for', 'Source'],
      [...vendors.values()].map(({ title, limits }) => [title, ...rowOf(limits).map(text)]),
    ),
    'Where a limit is known, calls keep to it before the vendor has to refuse one: a call that is too many waits for the next window, and a sync leaves a',
    'tenth of each window to people. A sync that waits says so: on stderr (`lineworks: waiting 31 s for …`), in the status line, and on the',
    'Calls screen (`:calls`).',
    '',
    'Where none is known, only answers can show one: a 429, a 403 that names a pause or a limit, `Retry-After`, or a header with the calls that are left.',
    ...(await consoleCallLines(vendors)),
  ];
}

function rowOf(limits: CallLimits): readonly string[] {
  if (limits.kind === 'unknown') return ['no evidence', '', limits.source];
  const { calls, seconds, headers, sustained } = limits;
  const limit = [
    `\`${headers.limit}\` of each answer; ${rateText({ calls: calls.unlessNamed, seconds })} where answers have none, ${calls.untilAnswered} until the first came.`,
    `A sync that goes on for ${lengthText(sustained.afterSeconds * 1000)} takes ${sustained.share * 100} % of it.`,
  ];
  return [limit.join(' '), `each ${limits.per}`, limits.source];
}
