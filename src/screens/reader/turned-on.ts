/** What turns the screen-reader mode on, the nearest to the person first; null: nothing does. */
export function turnedOnBy(asked: {
  readonly flag: boolean;
  readonly environment: boolean;
  readonly setting: boolean;
}): string | null {
  if (asked.flag) return 'the flag --screen-reader';
  if (asked.environment) return 'SUBDECK_SCREEN_READER in the environment';
  return asked.setting ? 'theme.screenReader in the settings' : null;
}
