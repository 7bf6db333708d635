import type { Hop } from './hop.ts';
import type { IdentityContext } from './identity.ts';
import { readPublic } from './key-file.ts';
import { type Certificate, doubtAbout, readCertificate } from './keys/certificate.ts';

/** A certificate in a file. */
export interface KnownCertificate {
  readonly path: string;
  readonly certificate: Certificate;
}

/**
 * Those beside the keys (`id_ed25519-cert.pub`) and those that the configuration names. One that looks
 * as if no server would take it is noted and tried all the same, as ssh does: the server decides.
 */
export async function findCertificates(
  hop: Hop,
  { note, signal }: Pick<IdentityContext, 'note' | 'signal'>,
): Promise<KnownCertificate[]> {
  const keys = [...(hop.namedIdentity === null ? [] : [hop.namedIdentity]), ...hop.identityFiles];
  const beside = keys.map((key) => `${key.replace(/\.pub$/, '')}-cert.pub`);
  const paths = new Set([...(hop.certificateFiles ?? []), ...beside]);
  const found = await Promise.all([...paths].map((path) => readOne(path, signal)));
  const known = found.filter((one) => one !== null);
  for (const { path, certificate } of known) {
    const doubt = doubtAbout(certificate, hop.user, Date.now());
    if (doubt !== null) note(`The certificate ${path} ${doubt}.`);
  }
  return known;
}

async function readOne(path: string, signal: AbortSignal): Promise<KnownCertificate | null> {
  const key = await readPublic(path, signal);
  const certificate = key && readCertificate(key.blob);
  return certificate ? { path, certificate } : null;
}
