import type { ContextCertificate, ContextWarning } from '../../../../shared/cluster/contexts.ts';
import {
  type CertificateInfo,
  type ResolvedContext,
  readCertificate,
} from '../../connections/kubernetes/index.ts';

const dayMs = 24 * 60 * 60_000;
/** K3s renews its own in the last 120 days (90 in older ones), but only when it is restarted. */
const soonMs = 30 * dayMs;

export function shownCertificate(
  of: ContextCertificate['of'],
  { subject, issuer, notBefore, notAfter }: CertificateInfo,
  now: number,
): ContextCertificate {
  const standing =
    notAfter <= now
      ? 'expired'
      : notBefore > now
        ? 'not-yet'
        : notAfter - now < soonMs
          ? 'soon'
          : 'good';
  return { of, subject, issuer, notAfter, standing };
}

/** Those that a kubeconfig holds. */
export function ownCertificates(
  { cluster, user }: ResolvedContext,
  now: number,
): ContextCertificate[] {
  const client = user.cert && readCertificate(user.cert);
  const authority = cluster.ca && readCertificate(cluster.ca);
  return [
    ...(client ? [shownCertificate('client', client, now)] : []),
    ...(authority ? [shownCertificate('authority', authority, now)] : []),
  ];
}

const titles = {
  client: 'The client certificate',
  authority: 'The certificate authority',
  server: 'The certificate of the server',
} as const;

export function certificateWarnings(
  certificates: readonly ContextCertificate[],
  now: number,
): ContextWarning[] {
  return certificates
    .filter(({ standing }) => standing !== 'good')
    .map(({ of, standing, notAfter }) => {
      const day = new Date(notAfter).toISOString().slice(0, 10);
      const days = Math.ceil((notAfter - now) / dayMs);
      const text =
        standing === 'expired'
          ? `${titles[of]} expired on ${day}.`
          : standing === 'not-yet'
            ? `${titles[of]} is not valid yet: a clock is wrong.`
            : `${titles[of]} expires in ${days === 1 ? 'a day' : `${days} days`}, on ${day}.`;
      return { kind: 'expiring', text };
    });
}
