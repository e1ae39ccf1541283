import { keepCompiledCode } from './app/compile-cache.ts';
import { dropUndici } from './app/drop-undici.ts';

// Runs before anything large is imported. Only the console gains from it: commands are short and load little.
if (process.argv.slice(2).every((word) => word.startsWith('-'))) keepCompiledCode();
dropUndici();
await import('./app/run.ts');
