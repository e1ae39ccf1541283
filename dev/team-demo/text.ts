/** What stands above the two consoles: five lines, as many as tmux shows, of at most 120 columns. */
export const whatToTry: readonly string[] = [
  'Two members of one team, on one store and one sandbox. F6 or a click: the other console. q in both: the end.',
  '1  In both: T Enter ↓ a, and change the quantity, up to the plan. Then y in one, y in the other: refused, and by whom.',
  '2  On Today, t takes the item: within seconds the other console says who has it, and J in either shows all that was sent.',
  '3  Leave a plan open in one: the other sees on Today that somebody plans there. R: the requests of both.',
  '4  Cancel in both: the second is told of the first. Everything here is made up, and is removed at the end.',
];
