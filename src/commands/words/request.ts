import { dateWords, isDateName } from '../../model/date-words.ts';
import { type Fault, FaultError, fault } from '../../model/fault.ts';
import { matchesRow } from '../../model/filter-match.ts';
import { languageOf, parseListFilter } from '../../model/filter-parse.ts';
import { requestFields } from '../../model/record-fields.ts';
import { parseReference } from '../../model/reference.ts';
import type { Request } from '../../model/request.ts';
import { shellWord } from '../../model/shell-word.ts';
import { usualOf } from '../../writes/usual-durations.ts';
import { wayBackCommand, wayBackText } from '../../writes/way-back.ts';
import type { Command, Input } from '../command.ts';
import type { ReadingContext } from '../context.ts';
import { filterFlag, givenFilter } from '../filter-and-sort.ts';
import { argument } from '../given-values.ts';
import { requestJson } from '../json-rows.ts';
import type { ListReply, Reply } from '../reply.ts';
import { ending, wellEnded } from '../reply-ending.ts';
import { requestShape } from '../row-shapes.ts';
import { follow } from '../wait.ts';

const language = languageOf(requestFields);

const idArgument = { name: 'ID', help: "the request's id" };

export const requestCommands: readonly Command[] = [
  {
    id: 'request list',
    summary: 'changes that a vendor accepted, with their progress',
    words: {
      effect: 'reads',
      output: requestShape,
      kind: 'list',
      args: [],
      flags: [filterFlag('state:running customer:acme', language)],
      run: async (context, input) => {
        await context.journal.refresh();
        return listed(found(context, input));
      },
    },
  },
  {
    id: 'request show',
    summary: 'one request, polled now',
    words: { effect: 'reads', output: requestShape, kind: 'object', args: [idArgument], flags: [], run: show },
  },
  {
    id: 'request watch',
    summary: 'wait until requests settle; all open ones if none is named',
    words: {
      effect: 'reads',
      endsAlso: ['unknown'],
      output: requestShape,
      kind: 'list',
      args: [{ ...idArgument, rest: true, optional: true }],
      flags: [],
      run: watch,
    },
  },
];

/** Those that match the filter. */
function found({ cache, clock, journal }: Pick<ReadingContext, 'cache' | 'clock' | 'journal'>, input: Input) {
  const filter = givenFilter(input, (text) => parseListFilter(text, language), language);
  const requests = journal.requests({ open: null });
  if (filter.length === 0) return requests;
  const now = clock.now();
  return requests.filter((request) => {
    const reference = parseReference(request.ref);
    const row = reference === null ? null : cache.subscription(reference.connection, reference.id);
    const named = { request, name: row?.name ?? null, organization: row?.organization?.name ?? null };
    return matchesRow(filter, requestFields, named, now);
  });
}

async function show(
  context: Pick<ReadingContext, 'clock' | 'journal' | 'mode' | 'writes'>,
  input: Input,
): Promise<Reply> {
  await context.journal.refresh();
  const known = find(context, argument(input, 'ID'));
  const { request, faults } =
    isOpen(known) && !context.mode.offline ? await look(context, input, known) : { request: known, faults: [] };
  const labels = [
    'Request',
    'Ref',
    'State',
    'Vendor says',
    'Vendor id',
    'From',
    'To',
    'Started',
    'Checked',
    'Next check',
  ];
  const values = cells(request);
  const shown = (value: string | null, at: number) => (value === null || !isDateAt(at) ? value : dateWords(value));
  if (!isOpen(request)) await noteSeen(context, request.id);
  const usual = usualOf(context.journal, request, context.clock.now());
  const fields = [
    ...labels.map((label, at) => ({ label, value: shown(values[at] ?? null, at) })),
    ...(usual === null ? [] : [{ label: 'Usual', value: usual.sentence }]),
    { label: 'To take it back', value: wayBackText(context.journal.record(request.id)) },
  ];
  return {
    kind: 'object',
    json: requestJson(request),
    sections: [{ title: null, fields }],
    ...ending(faults, true),
  };
}

async function look(
  context: Pick<ReadingContext, 'writes'>,
  input: Input,
  known: Request,
): Promise<{ request: Request; faults: readonly Fault[] }> {
  try {
    return { request: await context.writes.follower.pollNow(known.id, input.signal), faults: [] };
  } catch (error) {
    if (error instanceof FaultError) return { request: known, faults: [error.fault] };
    throw error;
  }
}

/** It is told again at the next start where a team's store is away. */
async function noteSeen({ journal }: Pick<ReadingContext, 'journal'>, id: string): Promise<void> {
  try {
    await journal.seen(id);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
  }
}

async function watch(
  context: Pick<ReadingContext, 'clock' | 'journal' | 'mode' | 'writes'>,
  input: Input,
): Promise<Reply> {
  if (context.mode.offline) throw fault('denied', 'Offline mode makes no calls to vendors.', 'Leave out --offline.');
  const requests = input.rest.length
    ? input.rest.map((id) => find(context, id))
    : context.journal.requests({ open: true });
  const settled = await Promise.all(
    requests.map(async (request) => {
      const usual = usualOf(context.journal, request, context.clock.now());
      if (usual !== null) input.say(`${request.ref}: ${usual.sentence}`);
      const end = isOpen(request) ? await follow(context, input.signal, request.id, null) : request;
      if (!isOpen(end)) await context.journal.seen(end.id);
      input.say(`${end.ref} ${end.state}`);
      const back = wayBackCommand(context.journal.record(end.id));
      if (back !== null) input.say(`To take it back: ${back}`);
      return end;
    }),
  );
  const failed = settled.find(({ state }) => state === 'failed');
  const unclear = settled.find(({ state }) => state === 'unknown');
  const exit = failed ? 'refused' : unclear ? 'unknown' : 'ok';
  const odd = failed ?? unclear;
  const faults = odd
    ? [
        fault(
          exit === 'refused' ? 'refused' : 'unknown',
          `${odd.ref}: the request ended as ${odd.state}.`,
          `See subdeck journal show ${shellWord(odd.id)}`,
          { sent: true },
        ).fault,
      ]
    : [];
  return { ...listed(settled), exit, faults };
}

function find(context: Pick<ReadingContext, 'journal'>, id: string): Request {
  const request = context.journal.request(id);
  if (request) return request;
  throw fault('missing', `There is no request "${id}".`, 'subdeck request list shows them.');
}

function isOpen({ state }: Request): boolean {
  return state === 'pending' || state === 'running';
}

const requestColumns = [
  ...['id', 'ref', 'state', 'vendorState', 'vendorRequestId', 'from', 'to'],
  ...['startedAt', 'checkedAt', 'nextCheckAt'],
];
const isDateAt = (at: number) => isDateName(requestColumns[at] ?? '');

function listed(requests: readonly Request[]): ListReply {
  return {
    kind: 'list',
    columns: requestColumns.map((id, at) => ({
      id,
      title: id,
      align: id === 'from' || id === 'to' ? 'right' : 'left',
      isDate: isDateAt(at),
      hidden: id === 'vendorRequestId' || id === 'nextCheckAt',
    })),
    rows: requests.map((request) => ({ json: requestJson(request), cells: cells(request) })),
    empty: 'There are no requests.',
    ...wellEnded,
  };
}

function cells(request: Request): readonly (string | null)[] {
  const { id, ref, state, vendorState, vendorRequestId, from, to, startedAt, checkedAt, nextCheckAt } = request;
  const number = (value: number | null) => (value === null ? null : String(value));
  return [id, ref, state, vendorState, vendorRequestId, number(from), number(to), startedAt, checkedAt, nextCheckAt];
}
