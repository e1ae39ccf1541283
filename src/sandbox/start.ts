import type { VendorId } from '../model/vendor.ts';

/** How `subdeck sandbox` and the embedded sandbox are started (contract §6). */
export interface SandboxOptions {
  /** First port; 0 or absent: any free one. */
  readonly port?: number;
  /** Subscriptions in total over all vendors; 5000 where absent. */
  readonly scale?: number;
  readonly seed?: number;
  /** `YYYY-MM-DD`: fixes the sandbox's clock at noon UTC of that day; it does not move then but for asynchronous work. */
  readonly today?: string;
  /** Asynchronous work goes this many times faster. */
  readonly speed?: number;
  readonly rateLimits?: boolean;
  /** Faults to order, as the faults file holds them. */
  readonly faults?: readonly FaultOrder[];
}

export interface FaultOrder {
  readonly vendor?: VendorId;
  readonly method?: string;
  /** A path, or its beginning when it ends in `*`. */
  readonly path?: string;
  /** Which matching request, counted from 1; absent: every one. */
  readonly nth?: number;
  readonly do: 'drop-before' | 'drop-after' | 'delay' | 'status' | 'truncate' | 'bad-json' | 'drip' | 'revoke';
  readonly status?: number;
  readonly milliseconds?: number;
}

export interface SandboxConnection {
  readonly name: string;
  readonly vendor: VendorId;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

export interface RunningSandbox {
  readonly connections: readonly SandboxConnection[];
  /** One origin a vendor; `GET /_sandbox/requests` on each gives what it served. */
  readonly origins: Readonly<Partial<Record<VendorId, string>>>;
  stop(): Promise<void>;
}
