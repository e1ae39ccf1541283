import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

export interface Pane {
  readonly title: string;
  readonly command: readonly string[];
}

export interface SessionOptions {
  /** Of a tmux server of its own. */
  readonly socket: string;
  readonly env: NodeJS.ProcessEnv;
  readonly panes: readonly [Pane, Pane];
  readonly layout: 'beside' | 'below';
  /** What stands above the panes: two to five lines. */
  readonly text: readonly string[];
  readonly size: { readonly columns: number; readonly rows: number };
}

export interface Session {
  /** Shows it in this terminal. Resolves when a person left it, or it ended. */
  attach(): Promise<void>;
  /** Ends it; resolves when the programs in it have ended. */
  end(): Promise<void>;
}

/** Programs close their files in less, in milliseconds. */
const patience = 5_000;

/** Two programs in one terminal, under a text. */
export function openSession({ socket, env, panes, layout, text, size }: SessionOptions): Session {
  const own = ['-S', socket, '-f', '/dev/null'];
  const tmux = (...args: readonly string[]) => execFileSync('tmux', [...own, ...args], { env, encoding: 'utf8' });
  const [first, second] = panes;
  const options = {
    mouse: 'on',
    status: String(text.length),
    'status-position': 'top',
    'status-style': 'default',
    'pane-border-status': 'top',
    'pane-border-format': '#{?pane_active,#[reverse],} #{@member} ',
    'default-terminal': 'screen-256color',
    // An Escape alone is a key.
    'escape-time': '10',
    ...Object.fromEntries(text.map((line, nth) => [`status-format[${nth}]`, ` ${line.replaceAll('#', '##')}`])),
  };
  let pids: readonly number[] = [];

  async function end() {
    try {
      execFileSync('tmux', [...own, 'kill-server'], { env, stdio: 'ignore' });
    } catch {
      // It has ended already.
    }
    const until = performance.now() + patience;
    while (pids.some(isRunning)) {
      if (performance.now() > until) for (const pid of pids.filter(isRunning)) process.kill(pid, 'SIGKILL');
      await pause(20);
    }
  }

  try {
    tmux('new-session', '-d', '-s', 'team', '-x', `${size.columns}`, '-y', `${size.rows}`, ...first.command);
    pids = panesOf(tmux);
    tmux('set-option', '-p', '@member', first.title);
    for (const [name, value] of Object.entries(options)) tmux('set-option', '-g', name, value);
    tmux('split-window', layout === 'beside' ? '-h' : '-v', ...second.command);
    pids = panesOf(tmux);
    tmux('set-option', '-p', '@member', second.title);
    tmux('select-pane', '-t', ':.0');
    tmux('bind-key', '-n', 'F6', 'select-pane', '-t', ':.+');
  } catch (error) {
    void end();
    throw error;
  }
  return {
    end,
    async attach() {
      await once(spawn('tmux', [...own, 'attach-session', '-t', 'team'], { env, stdio: 'inherit' }), 'exit');
    },
  };
}

function panesOf(tmux: (...args: readonly string[]) => string): readonly number[] {
  return tmux('list-panes', '-F', '#{pane_pid}').split('\n').filter(Boolean).map(Number);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
