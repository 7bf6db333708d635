import { readFile, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** In the order in which OpenSSH would offer them, the newer kinds first. */
const names = ['id_ed25519', 'id_ecdsa', 'id_rsa'];
const mostBytes = 16 * 1024;

interface UserKey {
  /** One line, as in a .pub file. */
  readonly line: string;
  /** Of the private key that belongs to it. */
  readonly file: string;
}

async function userKeys(home: string): Promise<UserKey[]> {
  const found = await Promise.all(
    names.map(async (name) => {
      const file = path.join(home, '.ssh', name);
      const line = await lineOf(`${file}.pub`);
      return line === null ? [] : [{ line, file }];
    }),
  );
  return found.flat();
}

/** The public key of this computer's user, one line; null where there is none. */
export async function userPublicKey(home = os.homedir()): Promise<string | null> {
  const [first] = await userKeys(home);
  return first?.line ?? null;
}

/** Of a public key of this computer's user; null: it is none of those. */
export async function privateKeyFileOf(
  publicKey: string,
  home = os.homedir(),
): Promise<string | null> {
  const blobOf = (line: string) => line.trim().split(/\s+/)[1];
  const keys = await userKeys(home);
  return keys.find(({ line }) => blobOf(line) === blobOf(publicKey))?.file ?? null;
}

async function lineOf(file: string): Promise<string | null> {
  try {
    const { size } = await stat(file);
    if (size > mostBytes) return null;
    const [line = ''] = (await readFile(file, 'utf8')).trim().split('\n');
    return /^(ssh|ecdsa|sk)-[\w@.-]+ [A-Za-z0-9+/]+=*( [^\p{Cc}]*)?$/u.test(line) ? line : null;
  } catch {
    // Not there, or not readable: then there is none that could be put anywhere.
    return null;
  }
}
