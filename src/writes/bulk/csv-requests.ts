import { type Fault, FaultError } from '../../model/fault.ts';
import { fieldNamed } from '../../model/field-names.ts';
import { nearest } from '../../model/nearest.ts';
import { isSecret } from '../../operations/input.ts';
import { findOperation, type Operation, operations, type WriteRequest } from '../../operations/registry.ts';
import { setQuantity } from '../../operations/set-quantity.ts';
import { writeRequestTextFault } from '../request-text.ts';
import { type CsvRecord, type CsvTable, readCsv, wrong } from './csv.ts';
import { asClause, rowProblem, tableOperation, tableOperations, targetKey } from './table-row.ts';

/** A write request of one line of a table. */
export interface LineRequest {
  readonly line: number;
  readonly writeRequest: WriteRequest;
  /** The cells that it was made of, by the operation's own names. */
  readonly given: Readonly<Record<string, string>>;
}

/** The columns of an operation beside `ref` and `verb`; those with a `?` may be left out or empty. */
export function columnsOf({ inputs }: Operation): readonly string[] {
  return inputs.map(({ name, isRequired }) => `${columnOf(name)}${isRequired ? '' : '?'}`);
}

export interface CsvRequests {
  readonly writeRequests: readonly LineRequest[];
  /** What is wrong with single lines; with any of these nothing is planned. */
  readonly faults: readonly Fault[];
  /** Columns of an exported list that no operation takes. Where there are any, cells that a line's verb does not take are left alone. */
  readonly unused: readonly string[];
  /** How many lines of an exported list are about nothing: none of what their verb takes is filled in. */
  readonly empty: number;
}

/**
 * The write requests of a table with a header. Columns: `ref` and `verb` (or one `verb` for all), and what the verb
 * takes. Without any verb, `ref,quantity` sets quantities. Throws a `usage` fault when the table cannot be read at all.
 */
export function requestsOfCsv(text: string, verb: string | null): CsvRequests {
  const table = readCsv(text);
  const unused = unusedColumns(table, verb);
  const writeRequests: LineRequest[] = [];
  const faults: Fault[] = [];
  const seen = new Map<string, number>();
  let empty = 0;
  for (const { line, cells, padded } of table.records) {
    try {
      const id = cells.verb || verb || setQuantity.id;
      if (unused.length > 0 && isEmpty(cells, id)) {
        empty += 1;
        continue;
      }
      const { writeRequest, given } = requestOf({ line, cells, padded }, id, unused.length > 0);
      const unwritable = writeRequestTextFault(writeRequest);
      if (unwritable !== null) throw wrong(line, asClause(unwritable.message), unwritable.next);
      const key = targetKey(writeRequest);
      const earlier = key === null ? undefined : seen.get(key);
      if (earlier !== undefined) {
        throw wrong(line, `line ${earlier} changes the same target`, 'Keep one line for each target.');
      }
      if (key !== null) seen.set(key, line);
      writeRequests.push({ line, writeRequest, given });
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      faults.push(error.fault);
    }
  }
  return { writeRequests, faults, unused, empty };
}

/** A row of an exported list of which the vendor counts nothing: its cell was empty all along. */
function isEmpty(cells: CsvRecord['cells'], verb: string): boolean {
  const inputs = findOperation(verb)?.inputs ?? [];
  return (
    inputs.some(({ isRequired }) => isRequired) && inputs.every(({ name }) => (cells[columnOf(name)] ?? '') === '')
  );
}

function unusedColumns({ header }: CsvTable, verb: string | null): readonly string[] {
  const creates = verb !== null && findOperation(verb)?.kind === 'creation';
  if (!header.includes('ref') && !(header.includes('connection') && (creates || header.includes('verb')))) {
    throw wrong(
      1,
      'the column ref is missing',
      'Add a column ref with values like connection/subscriptionId; the first line names the columns.',
    );
  }
  const known = new Set([
    'ref',
    'verb',
    ...tableOperations.flatMap(({ inputs }) => inputs.map(({ name }) => columnOf(name))),
  ]);
  const secret = operations
    .flatMap(({ inputs }) => inputs.filter(isSecret))
    .find(({ name }) => header.includes(columnOf(name)));
  if (secret !== undefined)
    throw wrong(1, `${secret.help} must not be in a file`, 'Set it for one subscription at a time, on stdin.');
  const unused = header.filter((name) => !known.has(name));
  const misspelt = unused.find((name) => fieldNamed(name) === null && nearest(name, [...known]) !== null);
  if (misspelt !== undefined) {
    const near = nearest(misspelt, [...known]);
    throw wrong(
      1,
      `the column ${JSON.stringify(misspelt)} is not known`,
      `Did you mean ${near}? Otherwise remove the column.`,
    );
  }
  return unused;
}

function requestOf(
  { line, cells, padded }: CsvRecord,
  verb: string,
  isExported: boolean,
): Pick<LineRequest, 'writeRequest' | 'given'> {
  const operation = tableOperation(verb);
  if ('problem' in operation) throw wrong(line, operation.problem, operation.next);
  const { inputs } = operation;
  const takes = inputs.map(({ name }) => columnOf(name));
  const extra = Object.entries(cells).find(([name, cell]) => {
    return cell !== '' && !['ref', 'verb', ...takes].includes(name);
  });
  if (extra !== undefined && !isExported)
    throw wrong(line, `${verb} does not use ${extra[0]}`, 'Leave that field empty.');
  const given = Object.fromEntries(
    inputs.flatMap(({ name }) => {
      const cell = cells[columnOf(name)] ?? '';
      return cell === '' ? [] : [[name, cell]];
    }),
  );
  const { ref = '' } = cells;
  const unusable = rowProblem(operation, ref, given, columnOf);
  if (unusable !== null) throw wrong(line, unusable.problem, unusable.next);
  const blanks = inputs.find(
    ({ name, kind }) => kind === 'text' && given[name] !== undefined && padded.has(columnOf(name)),
  );
  if (blanks !== undefined) {
    const next = `Remove the spaces, or put the ${blanks.name} in quotes.`;
    throw wrong(line, `the ${blanks.name} begins or ends with spaces`, next);
  }
  return { writeRequest: operation.request(ref, given), given };
}

/** A header is read without its case. */
function columnOf(name: string): string {
  return name.toLowerCase();
}
