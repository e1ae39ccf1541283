// Writes `reference` from the code (`npm run docs`): its pages, the JSON schemas, and the manual page docs/reference/subdeck.1, which
// packages install as it is.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { vendors } from '../src/api/registry.ts';
import { declarationsOf } from '../src/app/connection-setup.ts';
import { faultsTopic } from '../src/commands/reference/faults.ts';
import type { Topic } from '../src/commands/reference/topic.ts';
import { topics } from '../src/commands/reference/topics.ts';
import { vendorsTopic } from '../src/commands/reference/vendors.ts';
import { settingsSchema } from '../src/config/json-schema.ts';
import { contentsPage } from './pages/contents.ts';
import { faultsPage } from './pages/faults.ts';
import { manPage } from './pages/man-page.ts';
import { outputSchemas } from './pages/output-schemas.ts';
import { topicPage } from './pages/topic.ts';
import { vendorsPage } from './pages/vendors.ts';

/** The current content of each generated file, by its name in `reference`. */
export async function generatedPages(): Promise<Readonly<Record<string, string>>> {
  const pages = {
    ...Object.fromEntries(await Promise.all(topics.map(async (topic) => [`${topic.word}.md`, await pageOf(topic)]))),
    'settings.schema.json': json(settingsSchema(declarationsOf(vendors))),
    'subdeck.1': await manPage(),
    ...Object.fromEntries(Object.entries(outputSchemas()).map(([file, schema]) => [`json/${file}`, json(schema)])),
  };
  return { 'README.md': contentsPage(Object.keys(pages)), ...pages };
}

/** Two pages have more than their topic: what only the checkout knows. */
function pageOf(topic: Topic): Promise<string> {
  if (topic === vendorsTopic) return vendorsPage();
  return topic === faultsTopic ? faultsPage() : topicPage(topic);
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

if (import.meta.main) {
  for (const [file, text] of Object.entries(await generatedPages())) {
    const path = join(referenceFolder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
