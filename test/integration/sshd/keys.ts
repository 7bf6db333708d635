import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export type KeyKind = 'ed25519' | 'rsa' | 'ecdsa';

export interface KeyPair {
  /** The private key; the public one lies beside it with `.pub`. */
  readonly path: string;
  /** `type blob comment`, one line. */
  readonly publicLine: string;
  readonly type: string;
  /** Base64, as known_hosts has it. */
  readonly blob: string;
}

/** Makes a key with the real ssh-keygen. */
export function makeKey(
  directory: string,
  name: string,
  options: { readonly kind?: KeyKind; readonly passphrase?: string; readonly pem?: boolean } = {},
): KeyPair {
  const file = path.join(directory, name);
  const kind = options.kind ?? 'ed25519';
  const bits = { ed25519: [], rsa: ['-b', '2048'], ecdsa: ['-b', '256'] }[kind];
  execFileSync(
    'ssh-keygen',
    ['-q', '-t', kind, ...bits, '-N', options.passphrase ?? '', '-C', name, '-f', file].concat(
      options.pem ? ['-m', 'PEM'] : [],
    ),
  );
  const publicLine = readFileSync(`${file}.pub`, 'utf8').trim();
  const [type = '', blob = ''] = publicLine.split(' ');
  return { path: file, publicLine, type, blob };
}

/** What the real ssh-keygen says of a public key: `SHA256:…` or `MD5:…`. */
export function keygenFingerprint(key: KeyPair, hash: 'sha256' | 'md5'): string {
  const output = execFileSync('ssh-keygen', ['-l', '-E', hash, '-f', `${key.path}.pub`], {
    encoding: 'utf8',
  });
  return output.split(' ')[1] ?? '';
}
