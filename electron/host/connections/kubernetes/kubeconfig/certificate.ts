import { X509Certificate } from 'node:crypto';

/** What a person wants to know of a certificate. Times are UTC milliseconds. */
export interface CertificateInfo {
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: number;
  readonly notAfter: number;
}

/** The first one of a PEM text; null where none can be read. */
export function readCertificate(pem: Buffer | string): CertificateInfo | null {
  try {
    return certificateInfo(new X509Certificate(pem));
  } catch {
    return null; // whoever needs it is told by the handshake
  }
}

export function certificateInfo(certificate: X509Certificate): CertificateInfo {
  return {
    subject: commonName(certificate.subject),
    issuer: commonName(certificate.issuer),
    notBefore: Date.parse(certificate.validFrom),
    notAfter: Date.parse(certificate.validTo),
  };
}

function commonName(name: string | undefined): string {
  const lines = (name ?? '').split('\n');
  const found = lines.find((line) => line.startsWith('CN='));
  return (found?.slice(3) ?? lines.join(', ')).slice(0, 300);
}
