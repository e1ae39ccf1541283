/** Why no usable answer arrived, in the classes that messages and retries need. */
export type NetworkFailure =
  | {
      readonly kind:
        | 'name'
        | 'refused'
        | 'reset'
        | 'timeout'
        | 'too-slow'
        | 'too-large'
        | 'broken-body'
        | 'interrupted'
        | 'other';
    }
  | { readonly kind: 'tls'; readonly reason: string }
  /** The proxy at `name` failed, as `what` says; `status`: its answer, if any. */
  | {
      readonly kind: 'proxy';
      readonly name: string;
      readonly what: string;
      readonly status: number | null;
      readonly signsIn: boolean;
    }
  /** The write lost its permission before its first byte, as `why` says in a sentence. */
  | { readonly kind: 'permit'; readonly why: string }
  /** HTTPS_PROXY has an unsupported value. */
  | { readonly kind: 'proxy-setting'; readonly why: string };

/**
 * Carries a failure out of a body that is being read. Has no cause: an HTTP library's error contains headers and
 * secrets.
 */
export class NetworkError extends Error {
  readonly failure: NetworkFailure;

  constructor(failure: NetworkFailure) {
    super(failure.kind);
    this.name = 'NetworkError';
    this.failure = failure;
  }
}

const tlsReasons: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  CERT_REVOKED: 'its certificate was revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate was issued by an authority this computer does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate was issued by an authority this computer does not know',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate was issued by an authority this computer does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate was issued by an authority this computer does not know',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate belongs to another host name',
  HOSTNAME_MISMATCH: 'its certificate belongs to another host name',
  EPROTO: 'it has no TLS version or cipher in common with this computer',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS on this port',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'it offers only an outdated version of TLS',
};

const kinds: Readonly<Record<string, Exclude<NetworkFailure['kind'], 'tls' | 'proxy' | 'proxy-setting' | 'permit'>>> = {
  ENOTFOUND: 'name',
  EAI_AGAIN: 'name',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  EADDRNOTAVAIL: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNABORTED: 'reset',
  ERR_STREAM_PREMATURE_CLOSE: 'reset',
  ERR_HTTP_CONTENT_LENGTH_MISMATCH: 'reset',
  ETIMEDOUT: 'timeout',
  ESOCKETTIMEDOUT: 'timeout',
  ERR_ABORTED: 'interrupted',
  ABORT_ERR: 'interrupted',
  ERR_PROXY_TUNNEL: 'other',
};

/** A failure on the way to a proxy, or the proxy's answer. */
export function proxyFailure(
  proxy: { readonly name: string; readonly signsIn: boolean },
  failure: NetworkFailure,
  error: unknown,
): NetworkFailure {
  const status = tunnelStatus(error);
  const what = status === null ? failureSentence(failure) : refusedTunnel(status, proxy.signsIn);
  return { kind: 'proxy', name: proxy.name, what, status, signsIn: proxy.signsIn };
}

/** A proxy's answer to CONNECT, unwrapped from the HTTP library's errors. */
function tunnelStatus(error: unknown): number | null {
  for (let one: unknown = error, depth = 0; typeof one === 'object' && one !== null && depth < 4; depth++) {
    if ('statusCode' in one && typeof one.statusCode === 'number' && one.statusCode > 0) return one.statusCode;
    one = 'cause' in one ? one.cause : null;
  }
  return null;
}

function refusedTunnel(status: number, signsIn: boolean): string {
  if (status !== 407) return `did not open a connection to it (${status})`;
  return signsIn ? 'does not accept the user name and password (407)' : 'requires a user name and password (407)';
}

/** Reads only the code of the thrown error. */
export function failureOf(error: unknown): NetworkFailure {
  if (error instanceof NetworkError) return error.failure;
  const code = codeOf(error);
  const tls = tlsReasons[code];
  if (tls !== undefined) return { kind: 'tls', reason: tls };
  if (/^(?:ERR_SSL|ERR_TLS|CERT_|UNABLE_TO_)/.test(code)) return { kind: 'tls', reason: `TLS failed (${code})` };
  if (/^(?:Z_|HPE_|ERR__ERROR|ERR_BROTLI)/.test(code)) return { kind: 'broken-body' };
  return { kind: kinds[code] ?? 'other' };
}

function codeOf(error: unknown): string {
  for (let one: unknown = error, depth = 0; typeof one === 'object' && one !== null && depth < 4; depth++) {
    if ('code' in one && typeof one.code === 'string' && one.code in { ...kinds, ...tlsReasons }) return one.code;
    if (!('cause' in one) || one.cause === undefined)
      return 'code' in one && typeof one.code === 'string' ? one.code : '';
    one = one.cause;
  }
  return '';
}

/** What happened, as the second half of "<connection> …". */
export function failureSentence(failure: NetworkFailure): string {
  switch (failure.kind) {
    case 'name':
      return 'could not be found: its host name does not resolve';
    case 'refused':
      return 'does not accept connections';
    case 'reset':
      return 'closed the connection before the answer was complete';
    case 'timeout':
      return 'did not answer in time';
    case 'too-slow':
      return 'sent its list so slowly that it did not end in time';
    case 'too-large':
      return 'sent more than Subdeck accepts in one answer';
    case 'broken-body':
      return 'sent an answer that cannot be read';
    case 'proxy':
      return `could not be reached: the proxy ${failure.name} ${failure.what}`;
    case 'proxy-setting':
      return `was not called: HTTPS_PROXY ${failure.why}, which Subdeck cannot use`;
    case 'permit':
      return `was not called: ${failure.why}`;
    case 'interrupted':
      return 'did not answer before the call was interrupted';
    case 'tls':
      return `cannot be trusted: ${failure.reason}`;
    case 'other':
      return 'could not be reached';
  }
}

export function failureNext(failure: NetworkFailure): string {
  switch (failure.kind) {
    case 'tls':
      return 'Check the address. If your company has its own certificate authority, set NODE_EXTRA_CA_CERTS to its file.';
    case 'name':
    case 'refused':
      return 'Check the address in the connection settings, the network, and HTTPS_PROXY if it is set.';
    case 'proxy':
      return failure.status === 407
        ? 'Put both into HTTPS_PROXY: http://USER:PASSWORD@HOST:PORT, with special characters percent-encoded.'
        : 'Check HTTPS_PROXY, or list the host in NO_PROXY to call it without the proxy.';
    case 'proxy-setting':
      return 'Set it to an HTTP proxy such as http://proxy.example:3128, or list the host in NO_PROXY.';
    case 'interrupted':
      return 'Run it again.';
    default:
      return 'Try again later; rows read earlier stay in the cache.';
  }
}
