import { constants } from 'node:os';
import { fault } from '../../model/fault.ts';
import { watchMemory } from './memory-watch.ts';

/** External events while the console has the terminal. */
export interface ProcessEvents {
  /** A signal asks the process to end with this exit code. */
  end(exitCode: number): void;
  /** The terminal was closed or is gone. */
  lost(): void;
  /** The process is about to be stopped: the shell gets the terminal. */
  lend(): void;
  /** The process was continued, by any signal. */
  goOn(): void;
  /** An unexpected error. */
  failed(error: unknown): void;
}

export interface ProcessListening {
  /** Stops as Ctrl-Z does, together with the programs that wait for this one (a shell script, npm). */
  suspend(): void;
  end(): void;
}

const ends = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['SIGQUIT', 131],
  ['SIGABRT', 134],
  // The same signal under its other name, which Ink listens to as well.
  ['SIGIOT', 134],
] as const;

const outOfMemory = () =>
  fault(
    'broken',
    'Subdeck ran out of memory.',
    'Everything that was sent is in the journal. Start Subdeck again, and report this.',
  );

/** Time for the kernel to stop the process after the signal. */
const stopMilliseconds = 20;

/** Listens until told to stop. Stream errors of the terminal stay handled: they may arrive during exit. */
export function listenToProcess(events: ProcessEvents): ProcessListening {
  const { stdin, stdout, stderr } = process;
  const stops: (() => void)[] = [];
  const on = (signal: NodeJS.Signals, listener: () => void) => {
    process.on(signal, listener);
    stops.push(() => process.off(signal, listener));
  };
  // Deferred: Ink listens too, and would send the signal again if it were the only listener then.
  for (const [signal, exitCode] of ends) {
    if (signal in constants.signals) on(signal, () => setImmediate(() => events.end(exitCode)));
  }
  for (const failure of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(failure, events.failed);
    stops.push(() => process.off(failure, events.failed));
  }
  stops.push(watchMemory(() => events.failed(outOfMemory())));
  for (const end of ['end', 'close'] as const) {
    stdin.on(end, events.lost);
    stops.push(() => stdin.off(end, events.lost));
  }
  stdin.on('error', events.lost);
  stdout.on('error', events.lost);
  stderr.on('error', () => undefined);

  let stopped = false;
  const goOn = () => {
    if (!stopped) return;
    stopped = false;
    process.on('SIGTSTP', stopAlone);
    events.goOn();
  };
  const stop = (pid: number) => {
    if (stopped) return;
    stopped = true;
    events.lend();
    // Without a listener the signal has its default effect. It is ignored if no shell could continue the process.
    process.off('SIGTSTP', stopAlone);
    process.kill(pid, 'SIGTSTP');
    setTimeout(goOn, stopMilliseconds);
  };
  const stopAlone = () => stop(process.pid);
  if (process.platform !== 'win32') {
    on('SIGTSTP', stopAlone);
    on('SIGCONT', () => (stopped ? goOn() : events.goOn()));
  }
  return {
    suspend: () => {
      if (process.platform !== 'win32') stop(0);
    },
    end: () => {
      for (const each of stops) each();
    },
  };
}
