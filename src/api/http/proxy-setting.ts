import type { Environment } from '../../model/environment.ts';

/** The meaning of HTTPS_PROXY. */
export type ProxySetting =
  | { readonly kind: 'none' }
  /** `url` as Node takes it; `name`: host and port, without the password that `url` may hold. */
  | {
      readonly kind: 'used';
      readonly url: string;
      readonly name: string;
      readonly noProxy: string;
      readonly signsIn: boolean;
    }
  /** Set but unusable: no call may bypass a requested proxy. `why` completes a sentence. */
  | { readonly kind: 'refused'; readonly why: string; readonly noProxy: string };

/**
 * Reads HTTPS_PROXY and NO_PROXY leniently: without a scheme, with spaces, in capitals. Node's own agents silently
 * ignore values they do not understand, and bypass the proxy.
 */
export function proxySetting(env: Environment): ProxySetting {
  const value = (env.https_proxy?.trim() || env.HTTPS_PROXY?.trim()) ?? '';
  if (value === '') return { kind: 'none' };
  const noProxy = ((env.no_proxy?.trim() || env.NO_PROXY?.trim()) ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
    .join(',');
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(value)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    return { kind: 'refused', why: `has a proxy of the type ${scheme.slice(0, 20)}`, noProxy };
  }
  const url = URL.parse(scheme === undefined ? `http://${value}` : value);
  // `socks5:host` without slashes: a scheme and no port.
  const bare = /^([a-z][a-z\d+.-]*):(?!\d+(?:\/|$))/i.exec(value)?.[1];
  if (scheme === undefined && bare !== undefined && !value.includes('@')) {
    return { kind: 'refused', why: `has a proxy of the type ${bare.slice(0, 20).toLowerCase()}`, noProxy };
  }
  if (url === null || url.hostname === '') return { kind: 'refused', why: 'is not the address of a proxy', noProxy };
  return {
    kind: 'used',
    url: `${url.protocol}//${url.username === '' ? '' : `${url.username}:${url.password}@`}${url.host}`,
    name: url.host,
    noProxy,
    signsIn: url.username !== '',
  };
}

/** Whether NO_PROXY excludes this host: `*`, the name itself, a parent domain, with or without a port. */
export function isLeftOut(url: URL, noProxy: string): boolean {
  const host = url.hostname.toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return noProxy.split(',').some((entry) => {
    const [, name = '', only] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    if (name === '' || (only !== undefined && only !== port)) return false;
    const domain = name.replace(/^\*?\./, '');
    return name === '*' || host === domain || host.endsWith(`.${domain}`);
  });
}
