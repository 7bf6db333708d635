import { matchesList, matchesPattern } from './glob.ts';

/** What ssh_config(5) lets a person set, in ssh2's order of names. */
export type AlgorithmKind = 'kex' | 'hostKey' | 'cipher' | 'mac';

export interface AlgorithmSet {
  /** Offered where nothing is configured, best first. */
  readonly defaults: readonly string[];
  /** Everything that can be asked for. */
  readonly supported: readonly string[];
}

export interface Assembled {
  readonly names: readonly string[];
  /** Names that were asked for and that are not supported. */
  readonly lacking: readonly string[];
}

/**
 * `+a,b` behind the defaults, `-a,b*` taken out of them, `^a,b` before them, or a list in place of
 * them; `*` and `?` stand for all that is supported. As OpenSSH's kex_assemble_names works.
 */
export function assembleAlgorithms(
  written: string,
  { defaults, supported }: AlgorithmSet,
): Assembled {
  const sign = /^[+^-]/.exec(written)?.[0] ?? '';
  const asked = written
    .slice(sign.length)
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  if (sign === '-')
    return { names: defaults.filter((name) => !matchesList(asked, name)), lacking: [] };
  const found = asked.map((pattern) => ({
    pattern,
    names: supported.filter((name) => matchesPattern(pattern, name)),
  }));
  const named = found.flatMap(({ names }) => names);
  const lacking = found.filter(({ names }) => names.length === 0).map(({ pattern }) => pattern);
  const lists = { '+': [...defaults, ...named], '^': [...named, ...defaults] };
  const names = sign === '+' || sign === '^' ? lists[sign] : named;
  return { names: [...new Set(names)], lacking: [...new Set(lacking)] };
}

/**
 * What ssh2 can do without its optional native code. chacha20-poly1305 is among it by WebAssembly;
 * security keys as host keys, sntrup761 and umac are not.
 */
export const ourAlgorithms: Readonly<Record<AlgorithmKind, AlgorithmSet>> = {
  kex: set(
    [
      'curve25519-sha256@libssh.org',
      'curve25519-sha256',
      'ecdh-sha2-nistp256',
      'ecdh-sha2-nistp384',
      'ecdh-sha2-nistp521',
      'diffie-hellman-group-exchange-sha256',
      'diffie-hellman-group14-sha256',
      'diffie-hellman-group15-sha512',
      'diffie-hellman-group16-sha512',
      'diffie-hellman-group17-sha512',
      'diffie-hellman-group18-sha512',
    ],
    [
      'diffie-hellman-group-exchange-sha1',
      'diffie-hellman-group14-sha1',
      'diffie-hellman-group1-sha1',
    ],
  ),
  hostKey: set(
    [
      'ssh-ed25519',
      'ecdsa-sha2-nistp256',
      'ecdsa-sha2-nistp384',
      'ecdsa-sha2-nistp521',
      'rsa-sha2-512',
      'rsa-sha2-256',
      'ssh-rsa',
    ],
    ['ssh-dss'],
  ),
  cipher: set(
    [
      'aes128-gcm@openssh.com',
      'aes256-gcm@openssh.com',
      'aes128-ctr',
      'aes192-ctr',
      'chacha20-poly1305@openssh.com',
      'aes256-ctr',
    ],
    ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'],
  ),
  mac: set(
    [
      'hmac-sha2-256-etm@openssh.com',
      'hmac-sha2-512-etm@openssh.com',
      'hmac-sha1-etm@openssh.com',
      'hmac-sha2-256',
      'hmac-sha2-512',
      'hmac-sha1',
    ],
    [
      'hmac-md5',
      'hmac-sha2-256-96',
      'hmac-sha2-512-96',
      'hmac-ripemd160',
      'hmac-sha1-96',
      'hmac-md5-96',
    ],
  ),
};

function set(defaults: readonly string[], more: readonly string[]): AlgorithmSet {
  return { defaults, supported: [...defaults, ...more] };
}
