import { AjvJsonSchemaValidator } from '@modelcontextprotocol/client/validators/ajv';
import { outputSchema } from '../../docs/pages/output-schemas.ts';
import { parse } from '../../src/cli/parse.ts';
import { schemaOf } from '../../src/commands/json-schema.ts';
import { launchModes } from '../../src/commands/launch-modes.ts';
import { faultLineShape } from '../../src/commands/row-shapes.ts';
import { commands } from '../../src/commands/table.ts';
import { FaultError } from '../../src/model/fault.ts';

/** Commands whose output was checked in this process. */
export const checkedCommands = new Set<string>();

type IsValid = ReturnType<AjvJsonSchemaValidator['getValidator']>;

const validator = new AjvJsonSchemaValidator();
const validators = new Map<string, IsValid>();

/**
 * Throws where what a command printed with `--json` does not fit its schema in docs/reference/json, or has a field that the schema
 * does not name. Every test that runs commands through a helper checks them so.
 */
export function demandFittingOutput(argv: readonly string[], stdout: string, stderr: string): void {
  const command = commandOf(argv);
  if (command?.words === undefined) return;
  const { id, words } = command;
  const schema = () => outputSchema(words, true);
  for (const text of stdout === '' ? [] : [stdout]) demand(id, schema, text);
  const errorSchema = () => schemaOf(faultLineShape, { isClosed: true, isComplete: true });
  for (const line of stderr.split('\n').filter((one) => one.startsWith('{"error"'))) {
    demand('an error', errorSchema, line);
  }
  if (stdout !== '') checkedCommands.add(id);
}

/** The command that these words run with `--json`; null: none, or none that is known. */
function commandOf(argv: readonly string[]) {
  if (!argv.includes('--json')) return null;
  try {
    const parsed = parse(argv, commands, launchModes);
    return parsed.kind === 'run' && parsed.flags.json === true ? parsed.command : null;
  } catch (error) {
    if (error instanceof FaultError) return null;
    throw error;
  }
}

function demand(name: string, schema: () => object, text: string): void {
  const isValid = validators.get(name) ?? validator.getValidator(JSON.parse(JSON.stringify(schema())));
  validators.set(name, isValid);
  const { valid, errorMessage } = isValid(JSON.parse(text));
  if (!valid) throw new Error(`The output of ${name} does not fit its schema: ${errorMessage}\n${text.slice(0, 2000)}`);
}
