import http from 'node:http';
import https from 'node:https';

export interface Agents {
  readonly http: http.Agent;
  readonly https: https.Agent;
}

/**
 * Sockets of one connection. Proxies are taken from HTTPS_PROXY and NO_PROXY; plain http, allowed on loopback only, never
 * goes through one. `reuse: false` for writes: a socket the vendor closed while it lay idle would lose a write's answer.
 */
export function createAgents(reuse: boolean): Agents {
  const options = { keepAlive: reuse, maxSockets: 8, maxFreeSockets: 4, timeout: 0 };
  return {
    http: new http.Agent(options),
    https: new https.Agent({ ...options, proxyEnv: proxySettings(process.env) }),
  };
}

function proxySettings(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy'];
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}
