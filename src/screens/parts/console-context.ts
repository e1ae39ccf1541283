import { createContext, useContext } from 'react';
import type { ConsoleStore } from '../../state/console-store.ts';

/** The console that a screen is drawn for; null when a test draws a screen alone. */
export const ConsoleContext = createContext<ConsoleStore | null>(null);

export function useConsole(): ConsoleStore | null {
  return useContext(ConsoleContext);
}
