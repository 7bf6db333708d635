/** A server that did not answer as it should; what it says is what K3s would log of it. */
export class InvalidAnswer extends Error {
  override readonly name = 'InvalidAnswer';
  /** Null: there was no answer. */
  readonly status: number | null;
  readonly said: string;

  constructor(message: string, status: number | null = null, said = '') {
    super(message);
    this.status = status;
    this.said = said;
  }
}

const dialled: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network is unreachable',
};

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : error.message;
}

/** An error of Node in the words of Go's HTTP client, which is what stands in K3s's log. */
export function wordsOf(url: string, error: Error): string {
  const { hostname, port } = new URL(url);
  const at = `${hostname}:${port || 443}`;
  const get = (text: string) => `Get "${url}": ${text}`;
  const code = codeOf(error);
  const why = dialled[code];
  if (why) return get(`dial tcp ${at}: connect: ${why}`);
  if (code === 'ETIMEDOUT') return get(`dial tcp ${at}: i/o timeout`);
  if (code === 'ENOTFOUND') return get(`dial tcp: lookup ${hostname}: no such host`);
  if (code === 'EAI_AGAIN')
    return get(`dial tcp: lookup ${hostname}: Temporary failure in name resolution`);
  if (code === 'ECONNRESET' && /before secure TLS|socket hang up/.test(error.message))
    return get('EOF');
  if (code === 'ECONNRESET')
    return get(`read tcp 127.0.0.1:40000->${at}: read: connection reset by peer`);
  if (code === 'CERT_NOT_YET_VALID' || code === 'CERT_HAS_EXPIRED') {
    const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    return get(
      `tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time ${now} is outside of its time`,
    );
  }
  if (/CERT|SIGNED|ISSUER/.test(code))
    return get('tls: failed to verify certificate: x509: certificate signed by unknown authority');
  return get(error.message);
}
