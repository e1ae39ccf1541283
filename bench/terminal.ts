import { readFileSync } from 'node:fs';
import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';

/** A program in a pseudo-terminal, whose output is timed. */
export interface Watched {
  /**
   * Writes keys and resolves after `quiet` ms without output: the time to its last byte, and the number of
   * bytes.
   */
  press(keys: string, quiet?: number): Promise<Frame>;
  /** Resolves with the milliseconds since the start when `wanted` appears in the output. */
  sees(wanted: RegExp, deadline?: number): Promise<number>;
  /** The same for text on the screen, even if it was written in several chunks. */
  shows(wanted: RegExp, deadline?: number): Promise<number>;
  /** Resident memory in MB. */
  memory(): number;
  kill(): void;
}

export interface Frame {
  /** To the last byte. */
  readonly milliseconds: number;
  /** To the last byte of the first burst; counters and clocks may follow in a later one. */
  readonly first: number;
  readonly bytes: number;
}

const size = { cols: 120, rows: 40 };

/** A frame is written in one go: bytes after a longer pause belong to the next one. */
const burst = 5;

/** A frame is complete after this many milliseconds without output. */
const silence = 60;

export function watch(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Watched {
  const own = Object.entries(process.env).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && pair[0] !== 'CI' && !pair[0].startsWith('SUBDECK_'),
  );
  const started = performance.now();
  const pty = spawn(command, [...args], {
    name: 'xterm-256color',
    ...size,
    env: { ...Object.fromEntries(own), TERM: 'xterm-256color', ...env },
  });
  const screen = new headless.Terminal({ ...size, allowProposedApi: true });
  let output = '';
  let bytes = 0;
  let last = started;
  let wake: () => void = () => undefined;
  pty.onData((data) => {
    last = performance.now();
    bytes += Buffer.byteLength(data);
    output = (output + data).slice(-400_000);
    screen.write(data);
    wake();
  });

  return {
    press: (keys, quiet = silence) =>
      new Promise((resolve, reject) => {
        const pressed = performance.now();
        const before = bytes;
        let first = Number.NaN;
        let timer: NodeJS.Timeout | undefined = setTimeout(
          () =>
            reject(
              new Error(
                `${command} wrote nothing after ${JSON.stringify(keys)}. It had written: ${JSON.stringify(output.slice(-600))}`,
              ),
            ),
          10_000,
        );
        wake = () => {
          if (Number.isNaN(first) || last - first < burst) first = last;
          clearTimeout(timer);
          timer = setTimeout(() => {
            wake = () => undefined;
            resolve({ milliseconds: last - pressed, first: first - pressed, bytes: bytes - before });
          }, quiet);
        };
        pty.write(keys);
      }),
    sees: (wanted, deadline = 120_000) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${command} did not write ${wanted} in time`)), deadline);
        wake = () => {
          if (!wanted.test(output)) return;
          clearTimeout(timer);
          wake = () => undefined;
          resolve(last - started);
        };
        wake();
      }),
    shows: (wanted, deadline = 120_000) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`${command} did not show ${wanted} in time, but:\n${textOf(screen)}`)),
          deadline,
        );
        wake = () => {
          const written = last - started;
          screen.write('', () => {
            if (!wanted.test(textOf(screen))) return;
            clearTimeout(timer);
            wake = () => undefined;
            resolve(written);
          });
        };
        wake();
      }),
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pty.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    kill: () => pty.kill('SIGKILL'),
  };
}

function textOf({ buffer }: InstanceType<typeof headless.Terminal>): string {
  const { active } = buffer;
  return Array.from({ length: size.rows }, (_, row) => active.getLine(active.viewportY + row)?.translateToString(true))
    .join('\n')
    .trimEnd();
}

/** Presses a key many times, one complete frame after the other. */
export async function series(program: Watched, key: string, times: number, quiet?: number): Promise<readonly Frame[]> {
  const frames: Frame[] = [];
  for (let count = 0; count < times; count++) frames.push(await program.press(key, quiet));
  return frames;
}

/** The value below which this share of the samples lies (a percentile). */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
