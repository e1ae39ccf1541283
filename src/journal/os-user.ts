import { userInfo } from 'node:os';

/** The user name recorded in the journal; a user without an entry in the user database has a number only. */
export function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
