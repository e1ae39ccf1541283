/** All but what only a shell runs, since it starts Subdeck anew or decides where its journal is. */
const nextStep = /(?<![\w./-])subdeck (?=[a-z])(?!(?:demo|sandbox|mcp(?! log)|team (?:init|join|leave))\b)/g;

/** A next step as the console takes it: `:sync nordic` for `subdeck sync nordic`. */
export function paletteWords(next: string): string {
  return next.replaceAll(nextStep, ':');
}
