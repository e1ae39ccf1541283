import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { isConnectionName, sharesVariable } from '../model/connection-name.ts';
import { decodeText } from '../model/decode-text.ts';
import type { Environment } from '../model/environment.ts';
import { type FaultError, fault } from '../model/fault.ts';
import { mistakesIn } from '../model/setting-check.ts';
import type { ConnectionSettings, SettingDeclaration, Settings, TeamSettings } from '../model/settings.ts';
import type { Json, JsonObject } from '../model/text.ts';
import type { VendorId } from '../model/vendor.ts';
import { deadLink, fileTrouble } from '../system/file-trouble.ts';
import { readGivenFile } from '../system/given-file.ts';
import { foreignness } from '../system/ownership.ts';
import { replaceFile } from '../system/private-file.ts';
import { parseJson, type TextPlace } from './json-positions.ts';
import { settingsSchema } from './json-schema.ts';
import { fileShape, type SettingsFile } from './shape.ts';

/** The vendors, and what each declares, including the shared `title`. */
export type Declarations = ReadonlyMap<VendorId, readonly SettingDeclaration[]>;

/**
 * Reads and checks `settings.json`; without a file every setting has its default. Throws a `usage` fault that names the
 * key and its position. Never writes.
 */
export function readSettings(path: string, declarations: Declarations): Settings {
  const text = readText(path);
  if (text === null) return toSettings(v.parse(fileShape([...declarations.keys()]), {}));
  const { file } = checked(path, text, declarations);
  return toSettings(file);
}

/**
 * Adds, replaces or removes (`null`) one connection in the file. Everything else in the file is unchanged, including
 * unknown keys. Throws the same fault as reading for a faulty file, which is then unchanged.
 */
export function writeConnection(
  path: string,
  declarations: Declarations,
  name: string,
  connection: ConnectionSettings | null,
): Settings {
  return writeSettings(path, declarations, (before) => {
    const known = isObject(before.connections) ? before.connections : {};
    const old = isObject(known[name]) ? known[name] : {};
    const { [name]: _removed, ...others } = known;
    const connections = connection
      ? { ...known, [name]: { ...old, vendor: connection.vendor, settings: connection.values } }
      : others;
    return { ...before, connections };
  });
}

/** Sets or removes (`null`) the team's store. Everything else in the file is unchanged. Throws as `writeConnection` does. */
export function writeTeam(path: string, declarations: Declarations, team: TeamSettings | null): Settings {
  return writeSettings(path, declarations, ({ team: _, ...others }) =>
    team === null ? others : { ...others, team: { url: team.url, as: team.as } },
  );
}

function writeSettings(path: string, declarations: Declarations, change: (before: JsonObject) => JsonObject): Settings {
  const text = readText(path);
  const before: JsonObject = text === null ? {} : checked(path, text, declarations).value;
  const { $schema = schemaName, ...rest } = change(before);
  const after = `${JSON.stringify({ $schema, ...rest }, null, 2)}\n`;
  const settings = toSettings(checked(path, after, declarations).file);
  try {
    replaceFile(path, after);
  } catch (error) {
    throw unwritable(path, error);
  }
  if ($schema === schemaName) describe(path, declarations);
  return settings;
}

/** The settings could not be written, as a fault that says why; what is no error of the file system stays as it is. */
export function unwritable(path: string, error: unknown): unknown {
  const trouble = fileTrouble(path, error);
  if (trouble === null) return error;
  return fault(
    'usage',
    `The settings ${path} cannot be written: ${trouble.what}.`,
    `${trouble.next} Nothing was saved.`,
  );
}

/** Settings say where secrets are sent, so nobody else may have a hand in them. Throws a `usage` fault. */
export function demandOwn(path: string): void {
  const trouble = foreignness(path, { orRoots: true });
  if (trouble !== null) throw fault('usage', `The settings ${path} are not used: ${trouble.what}.`, trouble.next);
}

/** Editors can do without it. */
function describe(path: string, declarations: Declarations): void {
  try {
    replaceFile(join(dirname(path), schemaName), `${JSON.stringify(settingsSchema(declarations), null, 2)}\n`);
  } catch {
    // Whatever keeps it from being written says so where it keeps something that matters.
  }
}

/** Beside the settings, for editors that complete and check JSON. */
const schemaName = './settings.schema.json';

/** Whether an environment switch is on: set, and neither empty nor `0` nor `false`. */
export function isSwitchedOn(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value.toLowerCase() !== 'false';
}

function readText(path: string): string | null {
  demandOwn(path);
  const bytes = readBytes(path);
  const decoded = bytes === null ? null : decodeText(bytes);
  if (decoded === null || 'text' in decoded) return decoded?.text ?? null;
  throw fault('usage', `${path} cannot be read: ${decoded.problem}.`, 'Save it as UTF-8.');
}

function readBytes(path: string): Uint8Array | null {
  try {
    return readGivenFile(path);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const trouble = isMissing ? deadLink(path) : fileTrouble(path, error);
    if (trouble === null && isMissing) return null;
    if (trouble === null) throw error;
    throw fault('usage', `${path} cannot be read: ${trouble.what}.`, trouble.next);
  }
}

function checked(
  path: string,
  text: string,
  declarations: Declarations,
): { readonly file: SettingsFile; readonly value: JsonObject } {
  const parsed = parseJson(text);
  if (parsed.kind === 'broken') throw mistake(path, parsed.place, `is not valid JSON: ${parsed.message}`);
  if (!isObject(parsed.value)) throw mistake(path, parsed.placeOf([]), 'must be an object in braces');
  const result = v.safeParse(fileShape([...declarations.keys()]), parsed.value);
  if (!result.success) {
    const issue = result.issues[0];
    const keys = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
    const message = issue.input === undefined ? 'is missing' : issue.message;
    throw mistake(path, parsed.placeOf(keys), `${keys.length ? `${keys.join('.')} ` : ''}${message}`);
  }
  const names = Object.keys(result.output.connections);
  for (const [name, { vendor, settings }] of Object.entries(result.output.connections)) {
    const complain = (message: string, ...more: readonly string[]) =>
      mistake(path, parsed.placeOf(['connections', name, ...more]), message);
    if (!isConnectionName(name)) {
      throw complain(
        `connections.${name}: a name is small letters, digits, - and _, and begins with a letter or digit`,
      );
    }
    const twin = sharesVariable(name, names);
    if (twin) throw complain(`connections.${name} would share its secrets variable with ${twin}`);
    const wrong = mistakesIn(settings, declarations.get(vendor) ?? [])[0];
    if (wrong) {
      throw complain(`connections.${name}.settings.${wrong.name} ${wrong.message}`, 'settings', wrong.name);
    }
  }
  return { file: result.output, value: parsed.value };
}

function mistake(path: string, { line, column }: TextPlace, message: string): FaultError {
  return fault('usage', `${path}:${line}:${column}: ${message}.`, 'Correct that line. Nothing was changed.');
}

function toSettings({
  freshFor,
  refresh,
  readOnly,
  offline,
  armMinutes,
  guard,
  keys,
  theme,
  csv,
  team,
  connections,
}: SettingsFile): Settings {
  const {
    contrast = 'normal',
    marks = defaultMarks(process.env),
    spinner = true,
    mouse = true,
    screenReader = false,
    ambiguous = 'narrow',
    background,
  } = theme;
  return {
    freshFor,
    refresh,
    readOnly,
    offline,
    armMinutes,
    guard,
    keys,
    theme: {
      contrast,
      marks,
      spinner,
      mouse,
      ...(screenReader ? { screenReader } : {}),
      ...(ambiguous === 'wide' ? { ambiguous } : {}),
      ...(background === undefined ? {} : { background }),
    },
    csv: { separator: csv.separator ?? null },
    team: team ?? null,
    connections: Object.fromEntries(
      Object.entries(connections).map(([name, { vendor, settings }]) => [name, { vendor, values: settings }]),
    ),
  };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The default symbols: Unicode, unless the locale has another character set (`LANG=C`). */
function defaultMarks(env: Environment): 'unicode' | 'ascii' {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return locale === '' || /utf-?8/i.test(locale) ? 'unicode' : 'ascii';
}
