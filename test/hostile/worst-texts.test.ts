import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { createDeadline } from '../../src/api/http/deadline.ts';
import { jsonRows } from '../../src/api/http/json-rows.ts';
import { retryAfterOf } from '../../src/api/http/retry.ts';
import { vendorAnswer } from '../../src/api/http/vendor-error.ts';
import { parseVendorJson } from '../../src/api/json.ts';
import { plainFields } from '../../src/api/plain-fields.ts';
import { vendors } from '../../src/api/registry.ts';
import { safeText } from '../../src/api/text.ts';
import { vendorIn } from '../../src/api/vendor-kind.ts';
import { recentLine, splitWords } from '../../src/commands/keys/effects/typed-line.ts';
import { commands } from '../../src/commands/table.ts';
import { parseJson } from '../../src/config/json-positions.ts';
import { decodeText } from '../../src/model/decode-text.ts';
import { FaultError } from '../../src/model/fault.ts';
import { parseFilter } from '../../src/model/filter-parse.ts';
import { printable } from '../../src/model/printable.ts';
import { terminalInput } from '../../src/screens/terminal/terminal-input.ts';
import { idsIn, namesIn, wordsOfDomain } from '../../src/state/search/ids-in.ts';
import { edit, insert, textLine } from '../../src/state/text-line.ts';
import { syncConnection } from '../../src/sync/sync-run.ts';
import { requestsOfCsv } from '../../src/writes/bulk/csv-requests.ts';
import { readPlanFile } from '../../src/writes/bulk/plan-file.ts';
import { type FaultServer, json, serve } from '../api/fixtures/server.ts';
import { fastClock } from '../fault-server/clocks.ts';
import { noon, openScratch } from '../store/rows.ts';

const length = 200_000;
/** Quadratic code takes half a minute and more for texts of this length, linear code some milliseconds, so a slow machine does not matter. */
const seconds = 10;

function inTime<Result>(work: () => Result): Result {
  const began = performance.now();
  const result = work();
  expect(performance.now() - began).toBeLessThan(seconds * 1000);
  return result;
}

const many = (text: string) => text.repeat(Math.ceil(length / text.length));

/** Texts that are slow to parse in different ways; none of them is valid. */
const texts: Readonly<Record<string, string>> = {
  zeros: `${many('0')}1`,
  digits: many('9'),
  'a number that goes on': `0.${many('0')}1`,
  letters: many('A'),
  'small letters': `${many('a')}!`,
  'letters and hyphens': many('a-'),
  'letters and dots': many('a.'),
  'letters of any kind': many('aB席é'),
  'words with a capital': many('Aa '),
  'a name that is a secret': many('key'),
  blanks: `x${many(' ')}x`,
  'line ends': `x${many('\r\n')}x`,
  'line ends at the end': `x${many('\n')}`,
  slashes: `${many('/')}x`,
  dots: `${many('.')}x`,
  hyphens: many('-'),
  'equals signs': many('='),
  quotes: many('"'),
  'quotes that pair': many('""'),
  'other quotes': many('“'),
  backslashes: `"${many('\\')}`,
  brackets: many('['),
  braces: many('{'),
  'combining marks': `e${many('\u0301\u0327')}`,
  'emoji that are joined': many('👩\u200d'),
  'half characters': many('\ud800'),
  'control sequences': many('\u001b[31m'),
  'strings for a terminal': many('\u001bP1$r'),
  'a string for a terminal without an end': `\u001b]11;${many('r')}`,
  escapes: many('\u001b'),
  commas: many(','),
  semicolons: many(';'),
  tabs: many('\t'),
  'a date that goes on': `2026-01-01T00:00:00.${many('0')}`,
};

const named = Object.entries(texts);

/** The result does not matter, only that it comes fast and any failure is an expected one. */
function said(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof FaultError) && !(error instanceof SyntaxError)) throw error;
  }
}

describe.each<[string, (text: string) => unknown]>([
  ['a pasted ticket', (text) => [...idsIn(text), ...namesIn(text), wordsOfDomain(text)]],
  ['a filter', parseFilter],
  ['the value of a filter', (text) => parseFilter(`name:${text} qty>${text} ends<${text}`)],
  ['a settings file', parseJson],
  ['a text in a settings file', (text) => parseJson(`{"keys": {${JSON.stringify(text)}: ${JSON.stringify(text)}}}`)],
  ['a CSV', (text) => requestsOfCsv(text, null)],
  ['a cell of a CSV', (text) => requestsOfCsv(`ref,quantity\nnordic/1,${text}\n`, null)],
  ['the header of a CSV', (text) => requestsOfCsv(`ref,${text}\nnordic/1,2\n`, null)],
  ['Retry-After', (text) => retryAfterOf({ 'retry-after': text }, noon)],
  [
    'Date beside Retry-After',
    (text) => retryAfterOf({ 'retry-after': 'Sat, 21 Nov 2026 12:00:00 GMT', date: text }, noon),
  ],
  ['words typed in the console', (text) => [splitWords(text), recentLine(`sync ${text}`, commands)]],
  ['a line that is edited', (text) => edit(insert(textLine('set '), text), 'ctrl+w')],
  ['what is printed', printable],
  ['a text of a vendor', (text) => safeText(text)],
  ['an answer', parseVendorJson],
  ['a text in an answer', (text) => parseVendorJson(`[${JSON.stringify(text)}]`)],
  ['an error', (text) => vendorAnswer(400, {}, text, (one) => one)],
  ['a list of errors', (text) => vendorAnswer(400, {}, `{"errors":[${JSON.stringify(text)}]}`, (one) => one)],
  ['the name of a field', (text) => plainFields({ [text]: { [text]: 1 } })],
  ['bytes of a file', (text) => decodeText(Buffer.from(text, 'utf16le'))],
])('[fault 117] %s takes linear time with any content:', (_, parse) => {
  it.each(named)('%s', (_, text) => {
    inTime(() => said(() => parse(text)));
  });
});

describe('[fault 117] an unusually large answer is parsed fast:', () => {
  const errors = JSON.stringify({ errors: [{ field: 'x', description: Array.from({ length: 300_000 }, () => 'no') }] });
  it.each<[string, () => unknown]>([
    ['more error lines than a call takes arguments', () => vendorAnswer(400, {}, errors, (one) => one)],
    ['deeply nested arrays', () => parseVendorJson(`${many('[')}1.5${many(']')}`)],
    ['deeply nested objects', () => parseVendorJson(`${'{"a":'.repeat(length)}1.5${'}'.repeat(length)}`)],
    ['fields of fields', () => plainFields(deepFields(20, 50_000))],
    [
      'a settings file of many keys',
      () => parseJson(`{${Array.from({ length: 100_000 }, (_, at) => `"k${at}":1`).join()}}`),
    ],
    [
      'a settings file of long keys',
      () => parseJson(`{"${many('k')}":[${Array.from({ length: 10_000 }, () => 1).join()}]}`),
    ],
    [
      'a CSV with as many columns as rows',
      () => requestsOfCsv(`ref,${wide(50_000)}\n${'nordic/1\n'.repeat(50_000)}`, null),
    ],
  ])('%s', (_, parse) => {
    inTime(() => said(parse));
  });
});

function deepFields(depth: number, width: number): Readonly<Record<string, never>> {
  let fields: object = Object.fromEntries(Array.from({ length: width }, (_, at) => [`k${at}`, at]));
  for (let level = 0; level < depth; level += 1) fields = { ['n'.repeat(250)]: fields, other: 1 };
  return fields as Readonly<Record<string, never>>;
}

const wide = (columns: number) => Array.from({ length: columns }, (_, at) => `c${at}`).join(',');

describe('[fault 101, 117] terminal input is bounded:', () => {
  it.each(named)('%s', (_, text) => {
    inTime(() => {
      const input = terminalInput();
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += 65_536) input.read(bytes.subarray(at, at + 65_536), at);
      input.giveUp();
    });
  });

  it.each([
    ['string', '\u001bP1$r'],
    ['answer', '\u001b]11;'],
    ['sequence', '\u001b['],
    ['key', '\u001bO'],
  ])('an endless %s, byte by byte', (_, begin) => {
    inTime(() => {
      const input = terminalInput();
      input.read(Buffer.from(begin), 0);
      for (let at = 0; at < 200_000; at += 1) input.read(Buffer.from('1'), at / 1000);
      input.giveUp();
    });
  });
});

test('[fault 117] a row that arrives byte by byte takes linear time', async () => {
  const bytes = Buffer.from(`[{"id":"1","name":"${'x'.repeat(500_000)}"}]`);
  async function* drops() {
    for (let at = 0; at < bytes.length; at += 1) yield bytes.subarray(at, at + 1);
  }
  const began = performance.now();
  const deadline = createDeadline(60_000);
  const rows: unknown[] = [];
  for await (const row of jsonRows(drops(), deadline, 60_000)) rows.push(row);
  deadline.stop();
  expect(rows).toHaveLength(1);
  expect(performance.now() - began).toBeLessThan(seconds * 1000);
});

test('[fault 117] a plan file is bounded, whatever its content', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'worst-')), 'plan.json');
  const row = { row: 1, verb: 'cancel', ref: 'nordic/1', sentence: texts.letters, wish: { verb: 'cancel' } };
  const plan = { format: 'subdeck-plan', version: 1, id: 'aaaaaaaa', createdAt: '', by: '', source: '', rows: [row] };
  const deep = `{"format":"subdeck-plan","rows":${many('[')}${many(']')}}`;
  for (const content of [...Object.values(texts), JSON.stringify(plan), deep]) {
    writeFileSync(path, content);
    inTime(() => expect(() => readPlanFile(path)).toThrow(FaultError));
  }
  expect(() => readPlanFile(path)).toThrow('nested too deeply');
});

describe('[fault 117] a sync ends fast with, in an unused field:', () => {
  let server: FaultServer;
  let field = '"x":1';
  const row = () => `{"id":"1","name":"One","account":{"id":1,"name":"A"},"product":{"id":1,"name":"P"},${field}}`;
  beforeAll(async () => {
    server = await serve(({ url }, response) => {
      if (/token/.test(url)) return json(response, 200, { access_token: 'bearer-of-the-test', expires_in: 3600 });
      const data = url.startsWith('/api/subscriptions') ? row() : '';
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(`{"data":[${data}],"pagination":{"page":1,"size":100,"totalItems":1,"totalPages":1}}`);
    });
  });
  afterAll(() => server.stop());

  it.each([
    ['zeros', `"x":0.${many('0')}1`],
    ['digits', `"x":${many('9')}`],
    ['an exponent', `"x":1e${many('9')}`],
    ['a negative exponent', `"x":1.5e-${many('9')}`],
    ['zeros in the price', `"price":0.${many('0')}1,"currency":"EUR"`],
    ['zeros in the quantity', `"quantity":1.${many('0')}`],
    ['digits in an id', `"otherId":${many('9')}`],
    ['escaped quotes', `"x":"${many('\\"')}"`],
    ['backslashes', `"x":"${many('\\\\')}"`],
    ['brackets', `"x":${many('[')}${many(']')}`],
    ['combining marks in a name', `"remarks":"e${many('\u0301\u0327')}"`],
    ['control sequences', `"x":"${many('\\u001b[31m')}"`],
    ['a name in capitals', `"${many('A')}":1`],
    ['a hundred thousand fields', Array.from({ length: 100_000 }, (_, at) => `"f${at}":${at}`).join()],
    ['a hundred thousand add-ons', `"addons":[${Array.from({ length: 100_000 }, (_, at) => `{"id":${at}}`).join()}]`],
    ['half a million items', `"addons":[${many('0,')}0]`],
  ])('%s', async (_, content) => {
    field = content;
    const settings = {
      ...{ baseUrl: server.origin, tokenUrl: `${server.origin}/oauth/token`, edition: 'standard' },
      ...{ username: 'api@nordic.example', clientKey: 'key' },
    };
    const clock = fastClock(noon);
    const vendor = await vendorIn(vendors, 'interworks').create({
      ...{ name: 'nordic', title: 'Nordic', settings, clock, secretsIn: 'keychain', allowWrites: () => null },
      secrets: async () => ({ password: 'p', clientSecret: 'c' }),
    });
    const cache = openScratch();
    const began = performance.now();
    const end = await syncConnection({ freshSince: 0, vendor, cache });
    expect(performance.now() - began).toBeLessThan(seconds * 1000);
    // Complete, or a fault with a next step.
    if (!end.complete) expect(end.fault?.kind ?? end.missing[0]?.kind).toMatch(/unreachable|partial/);
  });
});
