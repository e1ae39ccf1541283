import { keepCompiledCode } from './app/compile-cache.ts';
import { dropFetch } from './app/drop-fetch.ts';

// Runs before anything large is imported. Only the console gains from it: commands are short and load little.
if (process.argv.slice(2).every((word) => word.startsWith('-'))) keepCompiledCode();
dropFetch();
await import('./app/run.ts');
