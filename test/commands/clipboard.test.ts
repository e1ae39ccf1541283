import { expect, it } from 'vitest';
import { clipboardProgram, multiplexer, osc52 } from '../../src/commands/keys/effects/clipboard.ts';

const all = () => true;

it.each([
  ['darwin', {}, 'pbcopy'],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' }, 'wl-copy'],
  ['linux', { DISPLAY: ':0' }, 'xclip'],
  ['linux', { WSL_DISTRO_NAME: 'Debian' }, 'clip.exe'],
  ['win32', {}, 'clip.exe'],
  ['linux', {}, null],
  ['linux', { DISPLAY: ':0', SSH_CONNECTION: 'a b' }, null],
  ['linux', { DISPLAY: ':0', SSH_CONNECTION: 'a b', TMUX: '/tmp/t,1,0' }, 'tmux'],
  ['linux', { DISPLAY: ':0', TMUX: '/tmp/t,1,0' }, 'xclip'],
])('on %s with %o the clipboard program is %s', (platform, env, command) => {
  expect(clipboardProgram(env, platform, all)?.command ?? null).toBe(command);
});

it('skips a clipboard program that is not installed', () => {
  expect(clipboardProgram({ WAYLAND_DISPLAY: 'w', DISPLAY: ':0' }, 'linux', (name) => name === 'xclip')?.command).toBe(
    'xclip',
  );
});

it('tmux gets the sequence plain and wrapped', () => {
  expect(osc52('hi', 'tmux')).toBe('\u001b]52;c;aGk=\u0007\u001bPtmux;\u001b\u001b]52;c;aGk=\u0007\u001b\\');
});

it('[fault 110] GNU screen gets the sequence in short strings, and it arrives complete', () => {
  expect(multiplexer({ STY: '1.tty' })).toBe('screen');
  expect(multiplexer({ STY: '1.tty', TMUX: '/tmp/t,1,0' })).toBe('tmux');
  const text = 'long '.repeat(1000);
  const sent = osc52(text, 'screen');
  const pieces = [...sent.matchAll(/\u001bP([\s\S]*?)\u001b\\/g)].map(([, piece = '']) => piece);
  expect(pieces.map((piece) => `\u001bP${piece}\u001b\\`).join('')).toBe(sent);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(768);
  expect(pieces.join('')).toBe(osc52(text, null));
});
