import { isIP } from 'node:net';
import tls from 'node:tls';
import { type Dial, tlsOptions } from './agent.ts';
import { KubeError } from './errors.ts';
import { type CertificateInfo, certificateInfo } from './kubeconfig/certificate.ts';
import type { ResolvedCluster } from './kubeconfig/resolved.ts';
import { cancelled, fromSocketError } from './socket-errors.ts';

const limitMs = 10_000;

/** What the server shows. */
export interface ServerCertificate extends CertificateInfo {
  /** Names and addresses that it is for. */
  readonly names: readonly string[];
}

/**
 * The certificate that an API server shows, whether or not it is to be trusted; nothing else is sent
 * there. Null for one without TLS, and behind a proxy.
 */
export async function readServerCertificate(
  cluster: ResolvedCluster,
  { dial, signal }: { readonly dial?: Dial | undefined; readonly signal: AbortSignal },
): Promise<ServerCertificate | null> {
  const url = new URL(cluster.server);
  if (url.protocol !== 'https:' || cluster.proxyUrl !== null) return null;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? 443 : Number(url.port);
  const left = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  const through = dial ? { socket: await dial(host, port, left) } : { port };
  const identity = { ca: null, cert: null, key: null, serverName: null, skipVerify: true };
  const servername = cluster.tlsServerName ?? (isIP(host) === 0 ? host : '');
  const socket = tls.connect({ ...tlsOptions(identity), ...through, host, servername });
  try {
    await shaken(socket, left);
    const shown = socket.getPeerX509Certificate();
    if (shown === undefined)
      throw new KubeError('KUBE_ANSWER_ODD', `${url.host} shows no certificate.`);
    const names = (shown.subjectAltName ?? '')
      .split(', ')
      .map((name) => name.replace(/^(DNS|IP Address):/, ''));
    return { ...certificateInfo(shown), names: names.filter((name) => name !== '').slice(0, 50) };
  } catch (error) {
    if (signal.aborted) throw cancelled(signal);
    throw fromSocketError(error, url.host);
  } finally {
    socket.destroy();
  }
}

function shaken(socket: tls.TLSSocket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new KubeError('KUBE_UNREACHABLE', 'It does not end its handshake.'));
    signal.addEventListener('abort', late, { once: true });
    socket.once('secureConnect', resolve);
    socket.once('error', reject);
    socket.once('close', late);
  });
}
