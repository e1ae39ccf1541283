import { childWord } from './secrets/keychain-answer.ts';

// The entry of the single executable: it has one program inside, so a word chooses what is a file of its own elsewhere.
if (process.argv[2] === childWord) await import('./secrets/keychain-child.ts');
else await import('./main.ts');
