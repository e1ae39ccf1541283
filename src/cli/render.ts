import { csvLines, excelLines } from '../commands/csv.ts';
import { requestJson } from '../commands/json-rows.ts';
import type { Reply, WriteReply } from '../commands/reply.ts';
import { type CsvSeparator, localeSeparator } from '../model/csv-separator.ts';
import { printableLines } from '../model/printable.ts';
import { safeJson } from '../model/safe-json.ts';
import { planJson, planText, sectionText } from './reply-text.ts';
import { tableLines } from './text-table.ts';

export type Format = 'text' | 'json' | 'csv' | 'excel' | 'ndjson';

/**
 * A reply's stdout, piece by piece, so that a list is never held whole. `columns`: the terminal's width, null where
 * stdout is no terminal.
 */
export function* render(
  reply: Reply,
  format: Format,
  columns: number | null,
  separator: () => CsvSeparator = localeSeparator,
): Iterable<string> {
  switch (reply.kind) {
    case 'list':
      if (format === 'csv') yield* csvLines(reply);
      else if (format === 'excel') yield* excelLines(reply, separator());
      else if (format === 'ndjson') for (const { json } of reply.rows) yield `${safeJson(json)}\n`;
      else if (format === 'json')
        yield* reply.about === undefined ? jsonArray(reply.rows) : jsonAround(reply.about, reply.rows);
      else yield* tableLines(reply, columns);
      return;
    case 'object':
      yield format === 'json' ? `${safeJson(reply.json, 2)}\n` : sectionText(reply.sections);
      return;
    case 'text':
      yield format === 'json' ? `${safeJson(reply.json, 2)}\n` : printableLines(reply.text);
      return;
    case 'plan':
      yield format === 'json'
        ? `${safeJson({ plan: reply.plans.map(planJson) }, 2)}\n`
        : reply.plans.map(planText).join('\n');
      return;
    case 'write':
      yield format === 'json' ? `${safeJson(writeJson(reply), 2)}\n` : sectionText(writeSections(reply));
  }
}

function* jsonArray(rows: Iterable<{ readonly json: object }>): Iterable<string> {
  let before = '[\n';
  for (const { json } of rows) {
    yield `${before}${safeJson(json)}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

function* jsonAround(about: object, rows: Iterable<{ readonly json: object }>): Iterable<string> {
  const fields = Object.entries(about).map(([name, value]) => `${safeJson(name)}: ${safeJson(value)},\n`);
  yield `{\n${fields.join('')}"rows": `;
  yield* jsonArray(rows);
  yield '}\n';
}

function writeJson({ outcome, journalId, request, wayBack }: WriteReply): object {
  const isApplied = outcome === 'done' || outcome === 'accepted';
  return {
    outcome,
    journalId,
    ...(request ? { request: requestJson(request) } : {}),
    ...(isApplied && wayBack !== undefined ? { wayBack } : {}),
  };
}

function writeSections({ sentence, journalId, request }: WriteReply) {
  const fields = [
    { label: 'Outcome', value: sentence },
    ...(journalId ? [{ label: 'Journal', value: journalId }] : []),
    ...(request
      ? [{ label: 'Request', value: `${request.state}${request.vendorState ? ` (${request.vendorState})` : ''}` }]
      : []),
  ];
  return [{ title: null, fields }];
}
