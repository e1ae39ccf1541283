const twins: Readonly<Record<string, string>> = {
  '·': '.',
  '–': '-',
  '…': '~',
  '’': "'",
  '↑': '^',
  '↓': 'v',
  '←': '<',
  '→': '>',
};

/** The punctuation and arrows of sentences and keys in ASCII, each as wide as it was. */
export function asciiTwins(frame: string): string {
  return frame.replace(/[·–…’↑↓←→]/g, (sign) => twins[sign] ?? sign);
}
