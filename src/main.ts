import { keepCompiledCode } from './app/compile-cache.ts';
import { dropUndici } from './app/drop-undici.ts';
import { hideSqliteWarning } from './app/sqlite-warning.ts';
import { isExecutable } from './system/executable.ts';

// Runs before anything large is imported. Only the console gains from it: commands are short and load little. The executable has
// its compiled code inside.
if (!isExecutable && process.argv.slice(2).every((word) => word.startsWith('-'))) keepCompiledCode();
dropUndici();
hideSqliteWarning();
await import('./app/run.ts');
