import type { ArgumentSpec } from '../command.ts';

export const urlArgument: ArgumentSpec = { name: 'URL', help: 'postgres://user@host:port/database?sslmode=…' };

export const outsideConsole =
  'It changes where the console keeps its journal: leave the console with q, and run it in the shell.';
