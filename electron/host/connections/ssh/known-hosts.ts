import { createHmac, timingSafeEqual } from 'node:crypto';
import { matchesList } from './glob.ts';

export interface KnownHostsLine {
  /** The patterns or the hash, as the file has them. */
  readonly hosts: string;
  readonly revoked: boolean;
  readonly type: string;
  /** The key blob in base64. */
  readonly blob: string;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** A line that stands in the file and takes no part, and why. */
export interface IgnoredLine {
  readonly hosts: string;
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

export interface KnownHostsFile {
  readonly lines: readonly KnownHostsLine[];
  readonly ignored: readonly IgnoredLine[];
}

/** Reads the format of sshd(8), SSH_KNOWN_HOSTS FILE FORMAT. A bad line never spoils the others. */
export function parseKnownHosts(text: string, file: string): KnownHostsFile {
  const lines: KnownHostsLine[] = [];
  const ignored: IgnoredLine[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const trimmed = raw.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const fields = trimmed.split(/\s+/);
    const marker = fields[0]?.startsWith('@') ? fields.shift() : undefined;
    const [hosts = '', type, blob] = fields;
    const line = index + 1;
    const reason = reasonToIgnore(marker, type, blob);
    if (reason !== null || type === undefined || blob === undefined)
      ignored.push({ hosts, file, line, reason: reason ?? 'is not complete' });
    else lines.push({ hosts, revoked: marker === '@revoked', type, blob, file, line });
  }
  return { lines, ignored };
}

function reasonToIgnore(marker?: string, type?: string, blob?: string): string | null {
  if (marker === '@cert-authority')
    return 'names a certificate authority; Rackhelm compares keys and does not check certificates';
  if (marker !== undefined && marker !== '@revoked') return `has the unknown marker ${marker}`;
  if (!type || !blob) return 'is not complete';
  if (!/^[A-Za-z0-9+/]+=*$/.test(blob)) return 'holds no key in base64';
  return null;
}

/** The name that known_hosts files use: `host`, or `[host]:port` when the port is not 22. */
export function knownHostsName(host: string, port: number): string {
  const lower = host.toLowerCase();
  return port === 22 ? lower : `[${lower}]:${port}`;
}

/** Whether a hosts field (patterns with commas, or `|1|salt|hash`) means this name. */
export function hostsFieldMatches(hosts: string, name: string): boolean {
  if (!hosts.startsWith('|')) return matchesList(hosts.toLowerCase().split(','), name);
  const [, version, salt, hash] = hosts.split('|');
  if (version !== '1' || !salt || !hash) return false;
  const wanted = Buffer.from(hash, 'base64');
  const actual = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
  return wanted.length === actual.length && timingSafeEqual(wanted, actual);
}
