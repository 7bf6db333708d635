import { X509Certificate } from 'node:crypto';
import type { Evidence } from '../../../../../shared/checks/check.ts';
import type { LookContext } from '../../../engine/jobs/index.ts';
import { look, UnclearAnswer } from '../../../engine/phases/index.ts';

/** A certificate of K3s on one machine, that K3s itself renews; never one of an authority. */
export interface NodeCertificate {
  /** `server/tls/client-admin.crt` */
  readonly file: string;
  /** UTC milliseconds. */
  readonly endsAt: number;
}

const folder = '/var/lib/rancher/k3s';
const mostFiles = 100;

/** Those that end first come first. Throws STEP_UNCERTAIN where there is none that could be read. */
export async function seeCertificates(
  context: LookContext,
): Promise<{ certificates: NodeCertificate[]; evidence: Evidence[] }> {
  const { parts, evidence } = await look(
    context,
    {
      files: `cd ${folder} 2>/dev/null && for f in server/tls/*.crt server/tls/etcd/*.crt agent/*.crt; do [ -f "$f" ] && echo "file $f" && cat "$f"; done | head -c 1000000; true`,
    },
    { named: 'certificates of K3s', root: true },
  );
  const certificates = parts.files.text
    .split(/^file /m)
    .slice(1, mostFiles + 1)
    .flatMap(readOne)
    .toSorted((a, b) => a.endsAt - b.endsAt);
  if (certificates.length === 0)
    throw new UnclearAnswer('No certificate of K3s is there.', evidence);
  return { certificates, evidence };
}

/** The first of a file is its own; those that follow vouch for it. */
function readOne(text: string): NodeCertificate[] {
  const [file = '', ...lines] = text.split('\n');
  try {
    const certificate = new X509Certificate(lines.join('\n'));
    const endsAt = Date.parse(certificate.validTo);
    return certificate.ca || Number.isNaN(endsAt) ? [] : [{ file: file.slice(0, 300), endsAt }];
  } catch {
    return []; // what is no certificate does not end
  }
}
