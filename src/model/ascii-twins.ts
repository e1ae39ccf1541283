const twins: Readonly<Record<string, string>> = {
  '·': '.',
  '–': '-',
  '…': '~',
  '’': "'",
  '↑': '^',
  '↓': 'v',
  '←': '<',
  '→': '>',
  '≈': '~',
};

/** ASCII replacements of punctuation and arrows in sentences and keys, one cell each. */
export function asciiTwins(frame: string): string {
  return frame.replace(/[·–…’↑↓←→≈]/g, (sign) => twins[sign] ?? sign);
}
