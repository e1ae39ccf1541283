import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { json } from '../../api/fixtures/server.ts';
import { type Den, openDen } from '../../hostile/den.ts';
import { dice, type Target } from '../target.ts';

/** Said while the vendor answers well: what is in the cache then holds the rows, licence keys masked. */
const whole = [['sync'], ['subscription', 'show', 'nordic/1', '--raw', '--json']] as const;

/** Every reply repeats the token in some notation, with every kind of failure. */
const faultsInTurn = [200, 400, 200, 401, 200, 403, 404, 200, 429, 500, 200, 302, 0] as const;

const spoken = [
  ['sync', '--verbose'],
  ['subscription', 'list', '--json', '--verbose'],
  ['subscription', 'show', 'nordic/1', '--raw', '--verbose'],
  ['subscription', 'details', 'nordic/1', '--verbose'],
  ['subscription', 'set-quantity', 'nordic/1', '3', '--yes', '--verbose'],
  ['subscription', 'set-license', 'nordic/1', '--yes', '--confirm', '1', '--verbose'],
  ['connection', 'test', 'nordic', '--verbose'],
  ['connection', 'list', '--json'],
  ['journal', 'list', '--json'],
  ['doctor', '--json'],
  ['handover'],
] as const;

export const secretHunt: Target = {
  name: 'secrets hunted',
  promise:
    'No secret, token or licence key is in any file, argument, environment, output or picture of a session full of faults, in five notations (T11).',
  full: 50,
  needsProgram: true,
  mutants: [
    {
      name: 'a redactor that hides nothing',
      tries: 1,
      patches: [
        {
          file: 'src/api/redact.ts',
          find: 'let clean = text;',
          replace: 'let clean = text;\n  if (clean !== null) return clean;',
        },
      ],
    },
    {
      name: 'a child that inherits the environment',
      tries: 1,
      patches: [
        { file: 'src/secrets/from-environment.ts', find: 'delete env[name];', replace: '' },
        {
          file: 'src/main.ts',
          find: 'const secrets = takeSecrets(process.env);',
          replace:
            "const secrets = takeSecrets(process.env);\n  (await import('node:child_process')).spawn('sleep', ['2'], { stdio: 'ignore' });",
        },
      ],
    },
    {
      name: 'a licence key that is kept as it is',
      tries: 1,
      patches: [
        {
          file: 'src/api/license-key.ts',
          find: "return value === null || value === undefined || value === '' || value === false ? null : 'set';",
          replace: 'return value as null;',
        },
        {
          file: 'src/api/license-key.ts',
          find: "return typeof item === 'string' && item.length >= 6 ? [item] : [];",
          replace: 'return [];',
        },
      ],
    },
  ],
  async run({ n, seed }) {
    const chance = dice(seed);
    const faults: string[] = [];
    let looked = 0;
    for (let nth = 0; nth < n; nth += 1) {
      const [password, clientSecret, token, licence] = ['pw', 'cs', 'tk', 'lk'].map(
        (kind) => `canary-${kind}-${randomBytes(9).toString('base64url')}/+`,
      );
      const canaries = { password, clientSecret, token: token?.replaceAll('/', '_'), licence } as Record<
        string,
        string
      >;
      const den = await openDen({
        secrets: { password: canaries.password ?? '', clientSecret: canaries.clientSecret ?? '' },
        accessToken: canaries.token ?? '',
      });
      let served = chance.below(faultsInTurn.length);
      den.vendor.rows = [1, 2, 3].map((at) => ({
        id: `${at}`,
        name: 'Mail',
        account: 'Acme',
        product: 'Box',
        status: 'Active',
        licence: canaries.licence ?? '',
      }));
      const watch = watchProcesses(canaries, faults);
      try {
        for (const words of whole) {
          const { stdout, stderr } = await den.words(...words);
          hunt(`the output of ${words.join(' ')}`, `${stdout}\n${stderr}`, canaries, faults);
        }
        den.vendor.spoil = (url, response, authorization) => {
          if (url.startsWith('/oauth')) return false;
          const status = faultsInTurn[served++ % faultsInTurn.length] ?? 200;
          const bare = authorization.replace(/^Bearer /, '');
          const said = {
            Message: `${bare} ${Buffer.from(bare).toString('base64')} ${encodeURIComponent(bare)}`,
            licenseKey: canaries.licence,
            note: `key ${canaries.licence}`,
          };
          if (status === 200) return false;
          if (status === 0) response.socket?.destroy();
          else
            json(response, status, said, {
              location: `${den.vendor.origin}/x?${encodeURIComponent(bare)}`,
              'x-request-id': 'r-1',
            });
          return true;
        };
        for (const words of spoken) {
          const { stdout, stderr } = await den.words(...words);
          hunt(`the output of ${words.join(' ')}`, `${stdout}\n${stderr}`, canaries, faults);
        }
        await onScreen(den, canaries, faults);
        looked += huntFiles(den.home, canaries, faults);
      } finally {
        looked += watch();
        await den.close();
      }
    }
    return { n, faults, facts: [`${looked} files and process looks`] };
  },
};

async function onScreen(den: Den, canaries: Record<string, string>, faults: string[]): Promise<void> {
  const terminal = den.terminal(['--verbose']);
  try {
    await terminal.see(/SELLER/i);
    for (const key of ['S', 'r', 'enter', 'tab', 'tab', 'escape', 'r', 'J', 'L', 'escape'] as const) {
      terminal.press(key);
      await terminal.see(/\S/);
    }
  } finally {
    terminal.kill('SIGTERM');
    await terminal.exited;
  }
  hunt('the console', terminal.output(), canaries, faults);
}

/** Raw, base64, hex, percent-encoded and UTF-16. */
function notations(secret: string): readonly Buffer[] {
  const bytes = Buffer.from(secret);
  const texts = [
    secret,
    bytes.toString('base64').replace(/=+$/, '').slice(0, -2),
    bytes.toString('hex'),
    encodeURIComponent(secret),
  ];
  return [...texts.map((text) => Buffer.from(text)), Buffer.from(secret, 'utf16le')];
}

function hunt(where: string, content: string | Buffer, canaries: Record<string, string>, faults: string[]): void {
  const bytes = Buffer.from(content);
  for (const [name, secret] of Object.entries(canaries)) {
    if (notations(secret).some((form) => bytes.includes(form))) faults.push(`The ${name} is in ${where}.`);
  }
}

function huntFiles(root: string, canaries: Record<string, string>, faults: string[]): number {
  let looked = 0;
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    hunt(`the name of ${path}`, path, canaries, faults);
    if (!entry.isFile() || statSync(path).size > 1e8) continue;
    looked += 1;
    hunt(path.slice(root.length), readFileSync(path), canaries, faults);
  }
  return looked;
}

/** Looks at arguments and environment of every process below this one, all the time. The program's own first environment is left out. */
function watchProcesses(canaries: Record<string, string>, faults: string[]): () => number {
  let looks = 0;
  const timer = setInterval(() => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`);
        const isProgram = command.includes('bin/subdeck.js');
        const environment = readFileSync(`/proc/${pid}/environ`);
        looks += 1;
        hunt('the arguments of a process', command, canaries, faults);
        if (!isProgram && Number(pid) !== process.pid)
          hunt(`the environment of a child (${command.toString().slice(0, 40)})`, environment, canaries, faults);
      } catch {
        // It ended meanwhile.
      }
    }
  }, 50);
  return () => {
    clearInterval(timer);
    return looks;
  };
}
