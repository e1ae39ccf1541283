import type { FlagSpec } from './command.ts';
import { connectionFlag } from './words/flags.ts';

/** What `subdeck` runs besides commands: they run until a person ends them, and give no reply. */
export interface LaunchMode {
  readonly id: 'console' | 'demo' | 'sandbox' | 'assistant';
  /** Empty for the console, which is `subdeck` alone. */
  readonly words: string;
  readonly summary: string;
  readonly flags: readonly FlagSpec[];
}

const screenReader: FlagSpec = {
  name: 'screen-reader',
  help: 'plain lines for screen readers (also SUBDECK_SCREEN_READER=1, or theme.screenReader in the settings)',
};
const scale: FlagSpec = { name: 'scale', value: 'N', help: 'subscriptions in total (5000)' };

export const launchModes: readonly LaunchMode[] = [
  { id: 'console', words: '', summary: 'the console', flags: [screenReader] },
  {
    id: 'demo',
    words: 'demo',
    summary: 'the console on an embedded sandbox of all vendors',
    flags: [
      { name: 'tour', help: 'with a tour: one ticket in nine steps, from a pasted text to the receipt' },
      scale,
      screenReader,
    ],
  },
  {
    id: 'sandbox',
    words: 'sandbox',
    summary: 'serve all vendors on this machine, with made-up data',
    flags: [
      { name: 'port', value: 'N', help: 'the first port; each vendor uses one (default: any free ports)' },
      scale,
      { name: 'seed', value: 'N', help: 'seed of the generated data' },
      { name: 'today', value: 'DATE', help: "set the sandbox's clock to this day" },
      { name: 'speed', value: 'N', help: 'run asynchronous work N times faster' },
      { name: 'delay', value: 'MS', help: 'adds this many milliseconds to every call, as over a real network' },
      { name: 'rate-limits', value: 'on|off', choices: ['on', 'off'], help: 'throttling of the vendors, on or off' },
      {
        name: 'variant',
        value: 'ASSUMPTION=ALTERNATIVE',
        repeats: true,
        help: "another reading of a vendor's documents; subdeck help assumptions lists them",
      },
      { name: 'faults', value: 'FILE', help: 'a JSON list of faults to inject', completes: 'file' },
    ],
  },
  {
    id: 'assistant',
    words: 'mcp',
    summary: "serve the reading commands to an assistant's client, on stdin and stdout; no tool sends a change",
    flags: [connectionFlag],
  },
];
