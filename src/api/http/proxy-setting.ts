/** What HTTPS_PROXY asks for. */
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
  /** Set, and not to be used: no call may leave past a proxy that is asked for. `why` ends a sentence. */
  | { readonly kind: 'refused'; readonly why: string; readonly noProxy: string };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads HTTPS_PROXY and NO_PROXY as people write them: without a scheme, with blanks, in capitals. What Node's own agents
 * do not know they leave out without a word, and call past the proxy.
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
    return { kind: 'refused', why: `names a proxy of the kind ${scheme.slice(0, 20)}`, noProxy };
  }
  const url = URL.parse(scheme === undefined ? `http://${value}` : value);
  // `socks5:host` without slashes: a scheme and no port.
  const bare = /^([a-z][a-z\d+.-]*):(?!\d+(?:\/|$))/i.exec(value)?.[1];
  if (scheme === undefined && bare !== undefined && !value.includes('@')) {
    return { kind: 'refused', why: `names a proxy of the kind ${bare.slice(0, 20).toLowerCase()}`, noProxy };
  }
  if (url === null || url.hostname === '') return { kind: 'refused', why: 'is no address of a proxy', noProxy };
  return {
    kind: 'used',
    url: `${url.protocol}//${url.username === '' ? '' : `${url.username}:${url.password}@`}${url.host}`,
    name: url.host,
    noProxy,
    signsIn: url.username !== '',
  };
}

/** Whether NO_PROXY leaves out this host: `*`, the name itself, a domain above it, with or without a port. */
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
