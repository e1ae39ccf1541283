// `npm run dev`: the console from source. Each change of a source bundles it again and restarts the console.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'rolldown';
import { bundle } from '../build/bundle.ts';

/** Not `dist`, which `npm start` and the tests use. */
const dir = 'dist.dev';

/** The console that has the terminal; null between two of them. */
let running = null;

function start() {
  const own = spawn(process.execPath, [`${dir}/main.js`, ...process.argv.slice(2)], { stdio: 'inherit' });
  running = own;
  own.once('exit', (code, signal) => {
    if (running !== own) return;
    running = null;
    if (signal !== null || code === 0 || code > 128) process.exit(code ?? 1);
    say(`The console ended with exit code ${code}.`);
  });
}

/** Ends the console, which restores the terminal. */
async function stop() {
  const own = running;
  running = null;
  if (own === null) return;
  const ended = once(own, 'exit');
  own.kill('SIGTERM');
  await ended;
}

function say(text) {
  process.stderr.write(`${text}\nThe next change of a source starts it again; Ctrl-C ends.\n`);
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  process.on(signal, async () => {
    // The console gets Ctrl-C as well, and decides.
    if (signal === 'SIGINT' && running !== null) return;
    await stop();
    process.exit(code);
  });
}

async function follow(event) {
  if (event.code !== 'BUNDLE_END' && event.code !== 'ERROR') return;
  await event.result.close();
  await stop();
  if (event.code === 'BUNDLE_END') start();
  else say(event.error.message);
}

let turn = Promise.resolve();
watch({ ...bundle, output: { ...bundle.output, dir } }).on('event', (event) => {
  turn = turn.then(() => follow(event));
});
