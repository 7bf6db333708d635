import type { DeviceFields } from '../../../shared/model/inventory.ts';

/** What of a device says how to log in. */
export type SshWay = Pick<
  DeviceFields,
  'sshHost' | 'sshPort' | 'sshUser' | 'sshIdentityFile' | 'sshJump'
>;

/** Characters that no shell takes for anything but themselves. */
const plain = /^[\w@%+=:,./-]+$/;

function quoted(word: string): string {
  return plain.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * The command that logs in as it is declared, quoted for a POSIX shell; null where no host is
 * declared. What is not declared is left to the ssh configuration, as Rackhelm itself does.
 */
export function sshCommand(way: SshWay): string | null {
  const { sshHost: host, sshPort, sshUser, sshIdentityFile, sshJump } = way;
  if (!host) return null;
  const words = [
    ...(sshPort === null ? [] : ['-p', String(sshPort)]),
    ...(sshIdentityFile ? ['-i', sshIdentityFile] : []),
    ...(sshJump ? ['-J', sshJump.replaceAll(/\s+/g, '')] : []),
    // Apart: the last @ of a target divides, and a host may not be taken for an option.
    ...(sshUser ? ['-l', sshUser] : []),
    ...(host.startsWith('-') ? ['--'] : []),
    host,
  ];
  return `ssh ${words.map(quoted).join(' ')}`;
}

/**
 * The same as a link for the system's own ssh program. Null where a link cannot say it (a key, a jump
 * host), or where a name holds more than letters that every program takes for a name.
 */
export function sshLink(way: SshWay): string | null {
  const { sshHost: host, sshPort, sshUser: user, sshIdentityFile, sshJump } = way;
  if (!host || sshIdentityFile || sshJump) return null;
  const isName = /^[a-z0-9][\w.-]*$/i;
  const isAddress = /^[\da-f]*:[\da-f:.]+$/i.test(host);
  if (!isAddress && !isName.test(host)) return null;
  if (user !== null && user !== '' && !isName.test(user)) return null;
  const at = user ? `${user}@` : '';
  return `ssh://${at}${isAddress ? `[${host}]` : host}${sshPort === null ? '' : `:${sshPort}`}`;
}
