/** What turns the screen-reader mode on, the nearest to the person first; null: nothing does. */
export function turnedOnBy(asked: {
  readonly flag: boolean;
  readonly environment: boolean;
  readonly setting: boolean;
  /** `TERM`: a dumb terminal shows lines and nothing else. */
  readonly terminal: string | undefined;
}): string | null {
  if (asked.flag) return 'the flag --screen-reader';
  if (asked.environment) return 'SUBDECK_SCREEN_READER in the environment';
  if (asked.setting) return 'theme.screenReader in the settings';
  return asked.terminal === 'dumb' ? 'TERM=dumb: such a terminal shows lines alone' : null;
}
