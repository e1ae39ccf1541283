import type { VendorId } from '../model/vendor.ts';

/** One served request. `status` 0: the connection was closed without an answer. */
export interface LoggedRequest {
  readonly at: string;
  readonly vendor: VendorId;
  readonly method: string;
  /** As received, percent-encoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** JSON or a form as an object, anything else as text, null without a body. Secrets are masked. */
  readonly body: unknown;
  readonly status: number;
  /** Other calls to this vendor that were under way when it came. */
  readonly beside: number;
}

const capacity = 200_000;

/** Keeps the last 200,000 requests; `lines` gives them oldest first, one JSON object each. */
export class RequestLog {
  readonly #entries: LoggedRequest[] = [];
  #next = 0;

  add(entry: LoggedRequest): void {
    this.#entries[this.#next % capacity] = entry;
    this.#next++;
  }

  *lines(): Generator<string> {
    const count = Math.min(this.#next, capacity);
    for (let at = this.#next - count; at < this.#next; at++) yield `${JSON.stringify(this.#entries[at % capacity])}\n`;
  }
}

const secretNames = /password|secret|assertion|passcode|token|licen[sc]e_?key/i;

/** A body, with the value of every field whose name suggests a secret replaced by `***`. */
export function readableBody(text: string, contentType: string): unknown {
  if (text === '') return null;
  if (/x-www-form-urlencoded/i.test(contentType)) return masked(Object.fromEntries(new URLSearchParams(text)));
  try {
    return masked(JSON.parse(text));
  } catch {
    return text;
  }
}

export function readableQuery(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...query].map(([name, value]) => [name, secretNames.test(name) ? '***' : value]));
}

function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      secretNames.test(name) && typeof inner !== 'object' ? '***' : masked(inner),
    ]),
  );
}
