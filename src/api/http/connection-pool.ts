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
 * Milliseconds for one of several addresses to answer before the next is tried. Node's default of 250 ms would give up
 * every address but the last of a distant vendor.
 */
const addressMilliseconds = 2_500;

/**
 * An idle socket is reused only if no byte arrived on it meanwhile: Node closes it then, and `requests.ts` gives Node
 * the time to notice. No socket is passed directly to a waiting request (without a limit of sockets none waits): a late
 * answer would be taken for that request's. Callers limit their concurrent reads.
 *
 * Proxies come from HTTPS_PROXY and NO_PROXY; plain http, allowed on loopback only, never uses one. `reuse: false` for
 * writes: a socket that the vendor closed while idle would lose a write's answer.
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
    // Loads all of TLS, which takes as long as everything else for a call.
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
