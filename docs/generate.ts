// Writes `reference` from the code (`npm run docs`): its pages, the JSON schemas, and the manual page docs/reference/subdeck.1, which
// packages install as it is. First it writes what the program says of its own tests and measurements, since the pages are made from that.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { vendors } from '../src/api/registry.ts';
import { declarationsOf } from '../src/app/connection-setup.ts';
import { topics } from '../src/commands/reference/topics.ts';
import { settingsSchema } from '../src/config/json-schema.ts';
import { contentsPage } from './pages/contents.ts';
import { faultTests } from './pages/fault-tests.ts';
import { manPage } from './pages/man-page.ts';
import { measuredCalls } from './pages/measured-calls.ts';
import { outputSchemas } from './pages/output-schemas.ts';
import { topicPage } from './pages/topic.ts';

/** What topics of help say of tests and measurements, which the program has as data: the content of each file, by its name in `dataFolder`. */
export async function generatedData(): Promise<Readonly<Record<string, string>>> {
  return { 'fault-tests.json': json(faultTests()), 'measured-calls.json': json(await measuredCalls()) };
}

/** The current content of each generated file, by its name in `reference`. Its data is read from `dataFolder`. */
export async function generatedPages(): Promise<Readonly<Record<string, string>>> {
  const pages = {
    ...Object.fromEntries(await Promise.all(topics.map(async (topic) => [`${topic.word}.md`, await topicPage(topic)]))),
    'settings.schema.json': json(settingsSchema(declarationsOf(vendors))),
    'subdeck.1': await manPage(),
    ...Object.fromEntries(Object.entries(outputSchemas()).map(([file, schema]) => [`json/${file}`, json(schema)])),
  };
  return { 'README.md': contentsPage(Object.keys(pages)), ...pages };
}

/** As the formatter prints it: a list of words is one line where it fits. */
function json(value: object): string {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  return text.replaceAll(
    /^(.*)\[\s+("[^\]{}]*?)\s+\](,?)$/gm,
    (list: string, before: string, words: string, after: string) => {
      const line = `${before}[${words.replaceAll(/,\n\s+/g, ', ')}]${after}`;
      return line.length > widest ? list : line;
    },
  );
}

const widest = 120;

export const referenceFolder = join(import.meta.dirname, 'reference');
export const dataFolder = join(import.meta.dirname, '../src/commands/reference');

function writeAll(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

if (import.meta.main) {
  writeAll(dataFolder, await generatedData());
  writeAll(referenceFolder, await generatedPages());
}
