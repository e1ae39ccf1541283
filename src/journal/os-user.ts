import { userInfo } from 'node:os';

/** The name under which the journal keeps who sent something; a user without an entry in the system's list has a number alone. */
export function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
