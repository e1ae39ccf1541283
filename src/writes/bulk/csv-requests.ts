import { type Fault, FaultError } from '../../model/fault.ts';
import { formatReference, parseReference } from '../../model/reference.ts';
import { createRef } from '../draft-create.ts';
import { quantityTextFault, readQuantity } from '../quantity.ts';
import { writeRequestTextFault } from '../request-text.ts';
import { type CsvTable, readCsv, wrong } from './csv.ts';
import type { BulkWriteRequest } from './plan-file.ts';

/** A write request of one line of a table. */
export interface LineRequest {
  readonly line: number;
  readonly writeRequest: BulkWriteRequest;
}

/** The columns of each verb beside `ref` and `verb`; those with a `?` may be left out or empty. */
export const csvColumns: Readonly<Record<string, readonly string[]>> = {
  'set-quantity': ['quantity'],
  cancel: ['mode?'],
  delete: [],
  suspend: [],
  reactivate: [],
  update: ['name?', 'quantity?', 'billing?', 'autorenew?'],
  'addon-cancel': ['addon'],
  'renewal-set': ['type', 'product?', 'plan?', 'quantity?'],
  'reservation-create': ['type', 'date?', 'quantity?', 'plan?', 'product?'],
  'reservation-withdraw': [],
  create: ['connection', 'organization', 'service', 'product', 'quantity', 'name?'],
};

/** `key=value` names whose case the header lost. */
const spelling: Readonly<Record<string, string>> = { autorenew: 'autoRenew' };

export interface CsvRequests {
  readonly writeRequests: readonly LineRequest[];
  /** What is wrong with single lines; with any of these nothing is planned. */
  readonly faults: readonly Fault[];
}

/**
 * The write requests of a table with a header. Columns: `ref` and `verb` (or one `verb` for all), and what the verb
 * takes. Without any verb, `ref,quantity` sets quantities. Throws a `usage` fault when the table cannot be read at all.
 */
export function requestsOfCsv(text: string, verb: string | null): CsvRequests {
  const table = readCsv(text);
  checkColumns(table, verb);
  const writeRequests: LineRequest[] = [];
  const faults: Fault[] = [];
  const seen = new Map<string, number>();
  for (const { line, cells, padded } of table.records) {
    try {
      const writeRequest = writeRequestOf(line, cells, cells.verb || verb || 'set-quantity');
      if (padded.has('name') && cells.name !== '') {
        throw wrong(line, 'the name has blanks before or behind it', 'Take them out, or put the name in quotes.');
      }
      const unwritable = writeRequestTextFault(writeRequest);
      if (unwritable !== null) throw wrong(line, asClause(unwritable.message), unwritable.next);
      const key = keyOf(writeRequest);
      const earlier = writeRequest.verb === 'create' ? undefined : seen.get(key);
      if (earlier !== undefined) {
        throw wrong(line, `line ${earlier} is about the same target`, 'A plan changes each target once.');
      }
      seen.set(key, line);
      writeRequests.push({ line, writeRequest });
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      faults.push(error.fault);
    }
  }
  return { writeRequests, faults };
}

function checkColumns({ header }: CsvTable, verb: string | null): void {
  if (!header.includes('ref') && !(header.includes('connection') && (verb === 'create' || header.includes('verb')))) {
    throw wrong(1, 'there is no column ref', 'A REF is connection/subscriptionId; the first line names the columns.');
  }
  const known = new Set(['ref', 'verb', ...Object.values(csvColumns).flat().map(plainName)]);
  const stranger = header.find((name) => !known.has(name));
  if (stranger !== undefined) {
    throw wrong(
      1,
      `nothing takes a column ${JSON.stringify(stranger)}`,
      'Leave it out, so that nothing is lost silently.',
    );
  }
}

function writeRequestOf(line: number, cells: Readonly<Record<string, string>>, verb: string): BulkWriteRequest {
  if (verb === 'set-license')
    throw wrong(line, 'licence keys do not belong in files', 'Set them one by one, on stdin.');
  const columns = csvColumns[verb];
  if (columns === undefined) {
    throw wrong(line, `${JSON.stringify(verb)} is no verb`, `It is one of ${Object.keys(csvColumns).join(', ')}.`);
  }
  const takes = columns.map(plainName);
  const extra = Object.entries(cells).find(([name, cell]) => {
    return cell !== '' && !['ref', 'verb', ...takes].includes(name);
  });
  if (extra !== undefined) throw wrong(line, `${verb} takes no ${extra[0]}`, 'Leave that field empty.');
  const lacking = columns.find((name) => !name.endsWith('?') && (cells[name] ?? '') === '');
  if (lacking !== undefined) throw wrong(line, `${verb} needs ${lacking}`, 'Fill it in.');
  const { ref = '', quantity = '' } = cells;
  if (verb === 'create') return createWriteRequest(line, cells);
  if (parseReference(ref) === null)
    throw wrong(line, `${JSON.stringify(ref)} is no REF`, 'A REF is connection/subscriptionId.');
  if (verb === 'set-quantity') return { verb, ref, quantity: quantityOf(line, quantity) };
  if (verb === 'cancel') return { verb, ref, mode: modeOf(line, cells.mode ?? '') };
  if (verb === 'delete') return { verb: 'cancel', ref, mode: 'delete' };
  if (verb === 'addon-cancel') return { verb, ref, addonId: cells.addon ?? '' };
  if (verb === 'suspend' || verb === 'reactivate' || verb === 'reservation-withdraw') return { verb, ref };
  const given = takes.filter((name) => (cells[name] ?? '') !== '');
  const changes = Object.fromEntries(given.map((name) => [spelling[name] ?? name, cells[name] ?? '']));
  if (verb === 'update' && given.length === 0)
    throw wrong(line, 'nothing to change is given', 'Fill in what is to change.');
  if (quantity !== '') quantityOf(line, quantity);
  if (verb === 'update' || verb === 'renewal-set' || verb === 'reservation-create') return { verb, ref, changes };
  throw wrong(line, `${verb} cannot be planned from a table`, 'Do it one by one.');
}

function createWriteRequest(line: number, cells: Readonly<Record<string, string>>): BulkWriteRequest {
  const { connection = '', organization = '', service = '', product = '', quantity = '', name = '' } = cells;
  return {
    ...{ verb: 'create', connection, organizationId: organization, serviceId: service, productId: product },
    ...{ quantity: quantityOf(line, quantity), name: name === '' ? null : name },
  };
}

function quantityOf(line: number, text: string): number {
  const quantity = readQuantity(text);
  if (quantity !== null) return quantity;
  const { message = '', next = '' } = quantityTextFault(text) ?? {};
  throw wrong(line, message.replace(/\.$/, ''), next);
}

function modeOf(line: number, text: string): 'cancel' | 'delete' | null {
  if (text === '') return null;
  if (text === 'cancel' || text === 'delete') return text;
  throw wrong(line, `${JSON.stringify(text)} is no mode`, 'It is cancel or delete.');
}

/** What a write request is about: two requests for one target in one plan would each make the other's reading old. */
function keyOf(writeRequest: BulkWriteRequest): string {
  if (writeRequest.verb === 'create') return createRef(writeRequest);
  if (writeRequest.verb !== 'addon-cancel') return writeRequest.ref;
  return formatReference({ connection: writeRequest.ref, id: writeRequest.addonId });
}

/** A sentence as a part of another one. */
function asClause(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}

function plainName(column: string): string {
  return column.replace('?', '');
}
