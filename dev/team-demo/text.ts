/** What stands above the two consoles: five lines, as many as tmux shows, of at most 79 columns. */
export const whatToTry: readonly string[] = [
  'Two members, one store, one sandbox. F6 or a click: the other one. q in both: the end.',
  '1  In both: T Enter ↓ a, another quantity, up to the plan; y here, y there.',
  '2  On Today, t takes the item: the other console says who has it.',
  '3  A plan that is left open here shows there on Today, with its member.',
  '4  J: what both sent, and who. R: the requests of both. Nothing here is real.',
];
