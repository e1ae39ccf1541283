/** A next step as the console takes it: `:sync nordic` for `subdeck sync nordic`. */
export function paletteWords(next: string): string {
  return next.replaceAll(/(?<![\w./-])subdeck (?=[a-z])/g, ':');
}
