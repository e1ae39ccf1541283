import { readFileSync } from 'node:fs';
import type { Flags } from '../../cli/parse.ts';
import { fault } from '../../model/fault.ts';
import { isFaultOrders } from '../../sandbox/faults.ts';
import type { FaultOrder, SandboxOptions } from '../../sandbox/start.ts';

/** The checked flags of `sandbox` and `demo`. `ports`: how many ports follow `--port`, itself included. Throws `usage` faults. */
export function sandboxOptions(flags: Flags, ports = 1): SandboxOptions {
  const today = text(flags, 'today');
  const faults = text(flags, 'faults');
  const variant = text(flags, 'variant');
  return {
    ...numbers(flags, 65_536 - ports),
    ...(today === null ? {} : { today: dayOf(today) }),
    ...(flags['rate-limits'] === undefined ? {} : { rateLimits: flags['rate-limits'] === 'on' }),
    ...(variant === null ? {} : { variants: variantsIn(variant) }),
    ...(faults === null ? {} : { faults: readFaults(faults) }),
  };
}

function numbers(
  flags: Flags,
  lastFirstPort: number,
): Pick<SandboxOptions, 'port' | 'scale' | 'seed' | 'speed' | 'delay'> {
  const port = numberOf(flags, 'port', /^\d+$/, lastFirstPort);
  const scale = numberOf(flags, 'scale', /^\d+$/, 100_000_000);
  const seed = numberOf(flags, 'seed', /^\d+$/, Number.MAX_SAFE_INTEGER);
  const delay = numberOf(flags, 'delay', /^\d+$/, 60_000);
  const speed = numberOf(flags, 'speed', /^(?!0+(\.0+)?$)\d+(\.\d+)?$/, 1e9);
  return {
    ...(port === null ? {} : { port }),
    ...(scale === null ? {} : { scale }),
    ...(seed === null ? {} : { seed }),
    ...(speed === null ? {} : { speed }),
    ...(delay === null ? {} : { delay }),
  };
}

function numberOf(flags: Flags, name: string, shape: RegExp, most: number): number | null {
  const given = text(flags, name);
  if (given === null) return null;
  if (shape.test(given) && Number(given) <= most) return Number(given);
  const range = name === 'speed' ? 'a number greater than 0 and' : 'a whole number';
  throw fault('usage', `--${name} must be ${range} up to ${most}.`, `It is "${given}".`);
}

function text(flags: Flags, name: string): string | null {
  const value = flags[name];
  return typeof value === 'string' ? value : null;
}

function dayOf(given: string): string {
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(given) ? Date.parse(`${given}T12:00:00Z`) : Number.NaN;
  if (new Date(instant || 0).toISOString().startsWith(given)) return given;
  throw fault('usage', `--today ${given} is not a date.`, 'Write it like 2026-11-21.');
}

function variantsIn(given: string): Readonly<Record<string, string>> {
  const pairs = given.split(/\s+/).map((pair) => /^([^=]+)=(.+)$/.exec(pair)?.slice(1) ?? [pair]);
  const wrong = pairs.find(({ length }) => length !== 2);
  if (wrong === undefined) return Object.fromEntries(pairs);
  throw fault('usage', `--variant ${wrong[0]} is not ASSUMPTION=ALTERNATIVE.`, 'Write it like history-path=swagger.');
}

function readFaults(path: string): readonly FaultOrder[] {
  const next = 'It is a JSON list of {vendor, method, path, nth, do}.';
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw fault('usage', `The faults file cannot be read: ${reason}.`, next);
  }
  if (isFaultOrders(content)) return content;
  throw fault('usage', `${path} is not a list of faults.`, next);
}
