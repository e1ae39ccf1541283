import { keepCompiledCode } from './app/compile-cache.ts';

// Runs before anything large is imported. Only the console gains from it: commands are short and load little.
if (process.argv.slice(2).every((word) => word.startsWith('-'))) keepCompiledCode();
await import('./app/run.ts');
