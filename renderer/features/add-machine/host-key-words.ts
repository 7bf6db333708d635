import type { z } from 'zod';
import type { hostKeyFacts } from '../../../shared/model/ssh.ts';
import { formatDate } from '../../ui/formatting.ts';

export type HostKeyFacts = z.infer<typeof hostKeyFacts>;

/** The command that shows the machine's own fingerprint, for the type of key that it presented. */
export function keyFileCommand(type: string): string {
  const name = /ed25519/.test(type) ? 'ed25519' : /ecdsa/.test(type) ? 'ecdsa' : 'rsa';
  return `ssh-keygen -lf /etc/ssh/ssh_host_${name}_key.pub`;
}

/** What a person types to replace a known key: the host's name, without brackets and port. */
export function confirmationWord(host: string): string {
  return host.replace(/^\[(.*)\](?::\d+)?$/, '$1');
}

export function sourceText(known: {
  readonly source: string;
  readonly seenAt: number | null;
}): string {
  return known.seenAt === null
    ? `From ${known.source}`
    : `From ${known.source}, accepted on ${formatDate(known.seenAt)}`;
}
