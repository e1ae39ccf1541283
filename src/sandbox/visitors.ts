import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/i;

/**
 * Why a request is refused; null if it is answered. Web pages reach loopback too: through a name that resolves here
 * (Host), or from their own address (Origin). Programs send neither.
 */
export function strangerReason({ headers }: IncomingMessage): string | null {
  const { host = '', origin, 'sec-fetch-site': site } = headers;
  if (!loopback.test(host)) return 'The sandbox answers to 127.0.0.1 and localhost only.';
  if (origin !== undefined && !isSame(origin, host)) return 'The sandbox answers no web page.';
  const isFromPage = typeof site === 'string' && site !== 'none' && site !== 'same-origin';
  return isFromPage ? 'The sandbox answers no web page.' : null;
}

function isSame(origin: string, host: string): boolean {
  return URL.parse(origin)?.host === host.toLowerCase();
}

/** Whether another user of this computer sent it; false if the system does not tell. Root is not excluded. */
export function isOtherUser({ socket }: IncomingMessage): boolean {
  const own = process.getuid?.();
  const { remoteAddress, remotePort } = socket;
  if (own === undefined || remoteAddress !== '127.0.0.1' || remotePort === undefined) return false;
  const sender = senderOf(remotePort);
  return sender !== null && sender !== own && sender !== 0;
}

/** The user whose socket has this port on 127.0.0.1, as the kernel lists it. */
function senderOf(port: number): number | null {
  const address = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  try {
    for (const line of readFileSync('/proc/net/tcp', 'utf8').split('\n')) {
      const [, local, , , , , , uid] = line.trim().split(/\s+/);
      if (local === address) return Number(uid);
    }
  } catch {
    // Not Linux.
  }
  return null;
}
