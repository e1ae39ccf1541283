/**
 * What keys set going beyond the console's own state: queries that open a screen, reads from a vendor, writes, the
 * clipboard, the end of the program. Updates change the state and nothing else; effects live outside the store.
 */
export interface Effects {
  /** Opens what the cursor stands on. */
  open(): void;
  /** All subscriptions below the row under the cursor, or below the place. */
  openSubscriptions(): void;
  openRequests(): void;
  openJournal(): void;
  /** Reads again what is on screen. */
  refresh(): void;
  /** Marks every row that is shown. */
  markShown(): void;
  /** Opens the menu of what can be copied or exported from here. */
  copy(): void;
  /** Asks the vendor what can be done with the subscription and opens the menu. */
  openActions(): void;
  /** Begins a new subscription for the organization on screen: asks for service, product and quantity, then for the plan. */
  create(): void;
  /** Takes the entry under the cursor of a menu. */
  choose(): void;
  /** Arms write mode for the connection on screen, or disarms it. */
  arm(): void;
  /** Saves, runs or stops the plan of many changes on screen. */
  bulk(what: 'save' | 'run' | 'stop'): void;
  /** Takes the line of text that was asked for. */
  submitPrompt(): void;
  /** Checks the form; when it is good, asks for the plan. */
  submitForm(): void;
  /** Sends the plan on screen, once. Does nothing unless `confirmable` says so. */
  send(): void;
  /** Finds out what became of the write under the cursor. */
  settle(): void;
  /** Opens the palette, and asks what the vendor of this place does not do. */
  openPalette(): void;
  runPalette(): void;
  /** Runs words as if they were typed in the palette. */
  runWords(words: string): void;
  /** Moves among the suggestions of the palette. */
  pickSuggestion(by: number): void;
  /** Puts what the picked suggestion says into the palette's line, as far as it can be typed. */
  completePalette(): void;
  /** Looks at the request under the cursor now, whatever its schedule says. */
  pollNow(): void;
  /** Draws the whole screen anew. */
  redraw(): void;
  /** Stops the program as Ctrl-Z does in any other. */
  suspend(): void;
  quit(exitCode: number): void;
}
