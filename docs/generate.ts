// Writes the generated pages of this folder: `commands.md`, `fields.md`, `vendors.md`, `faults.md`, and in `reference`
// `assumptions.md` and `vendors.md`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assumptionsPage } from './pages/assumptions.ts';
import { commandsPage } from './pages/commands.ts';
import { faultsPage } from './pages/faults.ts';
import { fieldsPage } from './pages/fields.ts';
import { vendorLimitsPage } from './pages/vendor-limits.ts';
import { vendorsPage } from './pages/vendors.ts';

/** The current content of each generated page, by file name. */
export async function generatedPages(): Promise<Readonly<Record<string, string>>> {
  return {
    'commands.md': commandsPage(),
    'fields.md': fieldsPage(),
    'vendors.md': await vendorsPage(),
    'faults.md': faultsPage(),
    'reference/assumptions.md': assumptionsPage(),
    'reference/vendors.md': await vendorLimitsPage(),
  };
}

if (import.meta.main) {
  for (const [file, text] of Object.entries(await generatedPages()))
    writeFileSync(join(import.meta.dirname, file), text);
}
