import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A separate D-Bus session with its own home, so that no test touches the user's keyring. */
export interface SecretService {
  readonly home: string;
  /** The variables that a program needs to find this session, and no others. */
  readonly env: Readonly<Record<string, string>>;
  lock(): Promise<void>;
  /** Sends a signal to the daemon that owns the Secret Service. */
  signal(signal: NodeJS.Signals): Promise<void>;
  /** Restarts it after it was killed, with its keyring on disk. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * `unlocked`: a working keyring. `no-collection`: the service, started without a keyring. `no-service`: a bus without a
 * Secret Service.
 */
export async function startSecretService(kind: 'unlocked' | 'no-collection' | 'no-service'): Promise<SecretService> {
  const home = mkdtempSync(join(tmpdir(), 'subdeck-keyring-'));
  const bare = { PATH: process.env.PATH ?? '', HOME: home, XDG_RUNTIME_DIR: home };
  const config = join(home, 'bus.conf');
  writeFileSync(config, busConfig(home));
  const bus = spawn('dbus-daemon', ['--config-file', config, '--nofork', '--print-address=1'], {
    env: bare,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = await once(bus.stdout, 'data');
  const found = { ...bare, DBUS_SESSION_BUS_ADDRESS: String(line).trim() };
  let daemon = kind === 'no-service' ? null : await startDaemon(kind, found);
  const env = { ...found, NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(patience)}` };

  return {
    home,
    env,
    lock: async () => {
      await run(
        'gdbus',
        [...call, '--method', 'org.freedesktop.Secret.Service.Lock', "['/org/freedesktop/secrets/collection/login']"],
        { env },
      );
    },
    signal: async (signal) => {
      daemon?.kill(signal);
      if (signal === 'SIGKILL' && daemon) await once(daemon, 'exit');
    },
    restart: async () => {
      if (kind !== 'no-service') daemon = await startDaemon(kind, found);
    },
    stop: async () => {
      for (const child of [daemon, bus]) {
        if (!child || child.exitCode !== null || child.signalCode !== null) continue;
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/**
 * In programs started here, the keychain's deadline is a minute instead of three seconds: on a loaded machine an answer
 * may be late.
 */
const patience = `
  const { setTimeout } = globalThis;
  globalThis.setTimeout = (work, wait, ...more) => setTimeout(work, wait === 3000 ? 60000 : wait, ...more);`;

const call = ['call', '--session', '--dest', 'org.freedesktop.secrets', '--object-path', '/org/freedesktop/secrets'];

async function startDaemon(kind: 'unlocked' | 'no-collection', env: Record<string, string>): Promise<ChildProcess> {
  const how = kind === 'unlocked' ? ['--unlock'] : [];
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--components=secrets', ...how], {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  daemon.stdin?.end(kind === 'unlocked' ? 'password' : '');
  await run('gdbus', ['wait', '--session', '--timeout', '20', 'org.freedesktop.secrets'], { env });
  return daemon;
}

/** No service directories: nothing is started implicitly. */
function busConfig(home: string): string {
  return `<busconfig>
  <type>session</type>
  <listen>unix:dir=${home}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>`;
}
