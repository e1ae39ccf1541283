import http from 'node:http';
import type https from 'node:https';
import { lazily } from '../../model/lazily.ts';

/** Sockets of one connection, for an address. */
export type ConnectionPool = (url: URL) => { readonly http: http.Agent } | { readonly https: https.Agent };

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
  const options = { keepAlive: reuse, maxFreeSockets: 16, timeout: 0 };
  const plain = lazily(() => ({ http: new http.Agent(options) }));
  const secure = lazily(() => {
    // All of TLS is loaded with it, as long as everything else that a call needs.
    const { Agent } = process.getBuiltinModule('node:https');
    return { https: new Agent({ ...options, proxyEnv: proxySettings(process.env) }) };
  });
  return ({ protocol }) => (protocol === 'https:' ? secure.get() : plain.get());
}

function proxySettings(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy'];
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}
