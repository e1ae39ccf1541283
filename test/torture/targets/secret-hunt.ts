import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { json } from '../../api/fixtures/server.ts';
import { type HostileFixture, openHostileFixture } from '../../hostile/fixture.ts';
import { seededRandom, type Target } from '../target.ts';

/** Run while the vendor answers correctly: the cache then contains the rows, with masked licence keys. */
const whole = [
  ['sync'],
  ['subscription', 'show', 'nordic/1', '--raw', '--json'],
  ['subscription', 'show', 'north/1', '--raw', '--json'],
  ['subscription', 'details', 'north/1', '--json'],
  ['sync', '--details', '--json'],
  ['subscription', 'details', 'nordic/1', '--json', '--offline'],
] as const;

/** Writes, each with the status of its answer; the answer echoes the whole request. */
const writes = [
  [500, ['subscription', 'set-quantity', 'nordic/2', '1', '--yes', '--verbose']],
  [400, ['subscription', 'set-quantity', 'nordic/3', '1', '--yes', '--confirm=1', '--json']],
  [200, ['subscription', 'set-license', 'north/1', '--yes', '--confirm', '1', '--verbose', '--json']],
  [400, ['subscription', 'set-license', 'north/2', '--yes', '--confirm', '2', '--verbose']],
  [502, ['subscription', 'set-license', 'north/3', '--yes', '--confirm', '3', '--verbose']],
] as const;

/** Commands that report on them afterwards. */
const told = [['request', 'list', '--json'], ['today', '--json'], ['handover'], ['doctor', '--json']] as const;

/** Every reply echoes the token in some encoding, with every kind of failure. */
const faultsInTurn = [200, 400, 200, 401, 200, 403, 404, 200, 429, 500, 200, 302, 0] as const;

const commands = [
  ['sync', '--verbose'],
  ['subscription', 'list', '--json', '--verbose'],
  ['subscription', 'show', 'nordic/1', '--raw', '--verbose', '--live'],
  ['subscription', 'details', 'nordic/1', '--verbose'],
  ['connection', 'test', 'nordic', '--verbose'],
  ['connection', 'test', 'north', '--verbose'],
  ['connection', 'list', '--json'],
] as const;

export const secretHunt: Target = {
  name: 'secrets hunted',
  promise:
    'No secret, token or licence key appears in any file, argument, environment, output or picture of a session full of faults, in five encodings.',
  full: 50,
  needsProgram: true,
  mutants: [
    {
      name: 'a redactor that hides nothing',
      tries: 1,
      patches: [
        {
          file: 'src/api/http/redact.ts',
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
          file: 'src/app/run-program.ts',
          find: 'const secrets = takeSecrets(env);',
          replace:
            "const secrets = takeSecrets(env);\n  (await import('node:child_process')).spawn('sleep', ['2'], { stdio: 'ignore' });",
        },
      ],
    },
    {
      name: 'a write answer that is shown unredacted',
      tries: 1,
      patches: [
        {
          file: 'src/api/http/write-client.ts',
          find: 'redact(line.redactor.clean(text), call.hide ?? []);',
          replace: 'text;',
        },
        {
          file: 'src/operations/license-key.ts',
          find: /const forms = \[.*\];/,
          replace: 'const forms: string[] = [];',
        },
      ],
    },
    {
      name: 'a correlation id that is shown unredacted',
      tries: 1,
      patches: [{ file: 'src/api/http/requests.ts', find: 'clean(value)', replace: 'value' }],
    },
    {
      name: 'a text repeating a licence key that is stored unmasked',
      tries: 1,
      patches: [
        {
          file: 'src/api/interworks/reads.ts',
          find: 'return withoutLicenseKeys(sections, keys);',
          replace: 'return keys.length < 0 ? withoutLicenseKeys(sections, keys) : sections;',
        },
      ],
    },
    {
      name: 'a licence key that is stored unmasked',
      tries: 1,
      patches: [
        {
          file: 'src/api/license-key.ts',
          find: "return value === null || value === undefined || value === '' || value === false ? null : 'set';",
          replace: 'return value as null;',
        },
        {
          file: 'src/api/license-key.ts',
          find: "else if (typeof item === 'string' && item.length >= 6) keys.push(item);",
          replace: '',
        },
      ],
    },
  ],
  async run({ n, seed }) {
    const random = seededRandom(seed);
    const faults: string[] = [];
    let looked = 0;
    for (let nth = 0; nth < n; nth += 1) {
      const [password, clientSecret, token, license, newLicense] = ['pw', 'cs', 'tk', 'lk', 'nk'].map(
        (kind) => `canary-${kind}-${randomBytes(9).toString('base64url')}/+`,
      );
      const canaries = {
        password,
        clientSecret,
        token: token?.replaceAll('/', '_'),
        licence: license,
        newLicence: newLicense,
      } as Record<string, string>;
      const fixture = await openHostileFixture({
        secrets: { password: canaries.password ?? '', clientSecret: canaries.clientSecret ?? '' },
        accessToken: canaries.token ?? '',
        north: true,
      });
      let served = random.below(faultsInTurn.length);
      let reached = 0;
      fixture.vendor.rows = [1, 2, 3].map((at) => ({
        id: `${at}`,
        name: 'Mail',
        account: 'Acme',
        product: 'Box',
        status: 'Active',
        license: canaries.licence ?? '',
        more: { quantity: 9 },
      }));
      const watch = watchProcesses(canaries, faults);
      const say = async (words: readonly string[], stdin = '') => {
        const { stdout, stderr } = await fixture.start(stdin, ...words);
        search(`the output of ${words.join(' ')}`, `${stdout}\n${stderr}`, canaries, faults);
        return stdout;
      };
      /** In this process: what is said is the same, and nothing of it is a secret argument. */
      const sayHere = async (words: readonly string[]) => {
        const { stdout, stderr } = await fixture.words(...words);
        search(`the output of ${words.join(' ')}`, `${stdout}\n${stderr}`, canaries, faults);
      };
      try {
        for (const words of whole) await say(words);
        for (const [status, words] of writes) {
          fixture.vendor.spoil = ({ method, url, body, headers }, response) => {
            if (method === 'GET' || /token$/.test(url)) return false;
            reached += 1;
            repeat(response, status, canaries.licence ?? '', [headers.authorization ?? '', body]);
            return true;
          };
          await say(words, `${canaries.newLicence}\n`);
        }
        if (reached !== writes.length) faults.push(`${reached} of ${writes.length} writes reached the vendor.`);
        fixture.vendor.spoil = null;
        for (const words of told) await say(words);
        const journal: readonly { readonly id: string }[] = JSON.parse(await say(['journal', 'list', '--json']));
        if (journal.length !== writes.length)
          faults.push(`The journal has ${journal.length} of ${writes.length} writes.`);
        for (const { id } of journal) await sayHere(['journal', 'show', id, '--receipt']);
        fixture.vendor.spoil = ({ url, headers }, response) => {
          if (/token$/.test(url)) return false;
          const status = faultsInTurn[served++ % faultsInTurn.length] ?? 200;
          if (status === 200) return false;
          if (status === 0) response.socket?.destroy();
          else repeat(response, status, canaries.licence ?? '', [headers.authorization ?? '']);
          return true;
        };
        for (const words of commands) await say(words);
        await onScreen(fixture, canaries, faults);
        looked += searchFiles(fixture.home, canaries, faults);
      } finally {
        looked += watch();
        await fixture.close();
      }
    }
    return { n, faults, facts: [`${looked} files and process looks`] };
  },
};

/** Everything sent to a vendor and the known key, in various encodings, in every place of an answer. */
function repeat(response: ServerResponse, status: number, license: string, heard: readonly string[]): void {
  const parts = heard.flatMap((text) => text.match(/[^\s"{}:,]{6,}/g) ?? []);
  const forms = [...parts, license].flatMap((text) => {
    const bytes = Buffer.from(text);
    return [text, bytes.toString('base64'), bytes.toString('hex'), encodeURIComponent(text)];
  });
  json(
    response,
    status,
    { Message: forms.join(' '), licenseKey: license, note: `key ${license}`, errors: forms, requestId: forms[0] },
    { location: `/x?${parts.join('')}`, 'x-request-id': `id ${parts.join(' ')}` },
  );
}

async function onScreen(fixture: HostileFixture, canaries: Record<string, string>, faults: string[]): Promise<void> {
  const terminal = fixture.terminal(['--verbose']);
  try {
    await terminal.see(/SELLER/i);
    for (const [key, wanted] of visits) {
      terminal.press(key);
      await terminal.see(wanted);
    }
  } finally {
    terminal.kill('SIGTERM');
    await terminal.exited;
  }
  search('the console', terminal.output(), canaries, faults);
}

const visits: readonly (readonly [string, RegExp])[] = [
  ['S', / Subscriptions/],
  ['r', /\S/],
  ['enter', /Overview/],
  ['tab', /\[/],
  ['tab', /\[/],
  ['r', /\S/],
  ['J', / Journal/],
  ['enter', /State|state/],
  ['L', / Calls/],
  ['T', / Today/],
  ['R', / Requests/],
];

/** Raw, base64, hex, percent-encoded and UTF-16. */
function notations(secret: string): readonly Buffer[] {
  const bytes = Buffer.from(secret);
  const texts = [
    secret,
    bytes.toString('base64').replace(/=+$/, '').slice(0, -2),
    bytes.toString('hex'),
    encodeURIComponent(secret),
    bytes.toString('base64url').slice(0, -2),
  ];
  return [...texts.map((text) => Buffer.from(text)), Buffer.from(secret, 'utf16le')];
}

function search(where: string, content: string | Buffer, canaries: Record<string, string>, faults: string[]): void {
  const bytes = Buffer.from(content);
  for (const [name, secret] of Object.entries(canaries)) {
    if (notations(secret).some((form) => bytes.includes(form))) faults.push(`The ${name} is in ${where}.`);
  }
}

function searchFiles(root: string, canaries: Record<string, string>, faults: string[]): number {
  let looked = 0;
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    search(`the name of ${path}`, path, canaries, faults);
    if (!entry.isFile() || statSync(path).size > 1e8) continue;
    looked += 1;
    search(path.slice(root.length), readFileSync(path), canaries, faults);
  }
  return looked;
}

/**
 * Continuously checks arguments and environment of every process started from now on. The program's own initial environment is
 * excluded.
 */
function watchProcesses(canaries: Record<string, string>, faults: string[]): () => number {
  let looks = 0;
  const running = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const older = new Set(running().filter((pid) => Number(pid) !== process.pid));
  /** The last findings by process. Unchanged bytes are not searched again. */
  const found = new Map<string, Buffer>();
  const timer = setInterval(() => {
    for (const pid of running()) {
      if (older.has(pid)) continue;
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`);
        const environment = readFileSync(`/proc/${pid}/environ`);
        // During exec a process has no command, then its own: it is unclear whose environment was read.
        if (command.length === 0 || !command.equals(readFileSync(`/proc/${pid}/cmdline`))) continue;
        const isProgram = command.includes('bin/subdeck.js');
        looks += 1;
        const bytes = Buffer.concat([command, environment]);
        if (found.get(pid)?.equals(bytes) === true) continue;
        found.set(pid, bytes);
        search('the arguments of a process', command, canaries, faults);
        if (!isProgram && Number(pid) !== process.pid)
          search(`the environment of a child (${command.toString().slice(0, 40)})`, environment, canaries, faults);
      } catch {
        // It has ended.
      }
    }
  }, 50);
  return () => {
    clearInterval(timer);
    return looks;
  };
}
