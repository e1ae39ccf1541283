import http from 'node:http';
import type https from 'node:https';
import { lazily } from '../../model/lazily.ts';
import { isLeftOut, type ProxySetting, proxySetting } from './proxy-setting.ts';

/** Sockets of one connection. */
export interface ConnectionPool {
  agents(url: URL): { readonly http: http.Agent } | { readonly https: https.Agent };
  /** The proxy that calls to this address may go through, as the environment says. */
  proxy(url: URL): ProxySetting;
}

/**
 * For one of several addresses to answer, in milliseconds, before the next is tried and this one given up. Node's own
 * quarter of a second gives up every address of a vendor that is far away, but for the last.
 */
const addressMilliseconds = 2_500;

/**
 * A socket that lay idle is used again only if not a byte came over it meanwhile: Node closes it then, and
 * `requests.ts` lets it notice. None is handed straight to a request that waited for it (no limit of sockets, so none
 * waits): what the vendor says too late would be taken for that request's answer. Callers bound how many reads they
 * make at once.
 *
 * Proxies are taken from HTTPS_PROXY and NO_PROXY; plain http, allowed on loopback only, never goes through one.
 * `reuse: false` for writes: a socket the vendor closed while it lay idle would lose a write's answer.
 */
export function createConnectionPool(reuse: boolean): ConnectionPool {
  const options = {
    keepAlive: reuse,
    maxFreeSockets: 16,
    timeout: 0,
    autoSelectFamilyAttemptTimeout: addressMilliseconds,
  };
  const setting = lazily(() => proxySetting(process.env));
  const plain = lazily(() => ({ http: new http.Agent(options) }));
  const secure = lazily(() => {
    // All of TLS is loaded with it, as long as everything else that a call needs.
    const { Agent } = process.getBuiltinModule('node:https');
    const proxy = setting.get();
    const proxyEnv = proxy.kind === 'used' ? { HTTPS_PROXY: proxy.url, NO_PROXY: proxy.noProxy } : {};
    return { https: new Agent({ ...options, proxyEnv }) };
  });
  return {
    agents: ({ protocol }) => (protocol === 'https:' ? secure.get() : plain.get()),
    proxy: (url) => {
      if (url.protocol !== 'https:') return { kind: 'none' };
      const proxy = setting.get();
      return proxy.kind === 'refused' && isLeftOut(url, proxy.noProxy) ? { kind: 'none' } : proxy;
    },
  };
}
