import { createHash } from 'node:crypto';
import type { HostKeyFacts } from '../../../../shared/model/ssh.ts';

/** Both forms that people meet: OpenSSH's SHA256, and MD5 as switches and BMCs print it. */
export function fingerprints(blob: Buffer | string): Pick<HostKeyFacts, 'sha256' | 'md5'> {
  const bytes = typeof blob === 'string' ? Buffer.from(blob, 'base64') : blob;
  const sha256 = createHash('sha256').update(bytes).digest('base64').replace(/=+$/, '');
  const md5 = createHash('md5').update(bytes).digest('hex').match(/../g)?.join(':') ?? '';
  return { sha256: `SHA256:${sha256}`, md5: `MD5:${md5}` };
}

/** The name of the key's type, which every public key blob begins with (RFC 4253, 6.6). */
export function keyType(blob: Buffer): string {
  if (blob.length < 4) return 'unknown';
  const end = 4 + blob.readUInt32BE(0);
  return end <= blob.length && end <= 68 ? blob.toString('latin1', 4, end) : 'unknown';
}
