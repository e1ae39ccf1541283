import { fault } from '../../model/fault.ts';
import { withoutEnd } from '../../model/without-end.ts';

/**
 * A path with ids: `` path`/api/accounts/${id}` ``. Every id becomes one percent-encoded segment, so that it cannot
 * reach another endpoint. Throws a `missing` fault for an id that a path cannot contain: empty, `.`, `..`, a lone
 * surrogate.
 */
export function path(parts: TemplateStringsArray, ...ids: readonly string[]): string {
  return parts.map((part, index) => (index === 0 ? part : segment(ids[index - 1] ?? '') + part)).join('');
}

function segment(id: string): string {
  if (id === '' || id === '.' || id === '..' || !id.isWellFormed()) {
    throw fault('missing', 'This id cannot exist at the vendor: it cannot be part of an address.', 'Check the id.');
  }
  return encodeURIComponent(id);
}

export type Query = Readonly<Record<string, string | number | null | undefined>>;

/** The full address of a call: `baseUrl` (with its own path, if any), the path from `path`, and the query. */
export function addressOf(baseUrl: URL, path: string, query: Query = {}): URL {
  const url = new URL(withoutEnd(baseUrl.href, '/') + path);
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined) url.searchParams.append(key, String(value));
  }
  return url;
}

/** An address from the settings. Throws a `usage` fault unless it is https, or http on loopback. */
export function checkedUrl(text: string, setting: string): URL {
  const url = URL.parse(text);
  const isLoopback = url !== null && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback)) {
    if (url.username === '' && url.password === '') return url;
    throw fault('usage', `The setting ${setting} contains a user name or password.`, 'Remove it from the address.');
  }
  throw fault('usage', `The setting ${setting} is not an https address.`, 'Give one that begins with https://.');
}
