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

/** ASCII replacements of punctuation and arrows in sentences and keys, of the same width. */
export function asciiTwins(frame: string): string {
  return frame.replace(/[·–…’↑↓←→≈]/g, (sign) => twins[sign] ?? sign);
}
