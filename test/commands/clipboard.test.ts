import { expect, it } from 'vitest';
import { clipboardProgram, osc52 } from '../../src/commands/keys/effects/clipboard.ts';

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

it('a program that is not there is passed over', () => {
  expect(clipboardProgram({ WAYLAND_DISPLAY: 'w', DISPLAY: ':0' }, 'linux', (name) => name === 'xclip')?.command).toBe(
    'xclip',
  );
});

it('inside tmux the sequence goes plain and wrapped', () => {
  expect(osc52('hi', true)).toBe('\u001b]52;c;aGk=\u0007\u001bPtmux;\u001b\u001b]52;c;aGk=\u0007\u001b\\');
});
