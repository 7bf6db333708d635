import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { askEtcdText } from './etcd.ts';
import { Panic } from './log.ts';
import { serverDirectory } from './places.ts';
import { readPasswords, readToken, replacePassword } from './server-files.ts';
import { parseToken } from './token.ts';

/** The servers have another token from now on; each has to be started anew with it. */
export async function rotateToken(wanted: string): Promise<void> {
  const { token, newToken } = JSON.parse(wanted) as { token: string; newToken: string };
  const old = parseToken(token, 'server').password;
  if (readToken() === null || readPasswords()?.server !== old)
    throw new Error('token does not match the server');
  const { password } =
    newToken === ''
      ? { password: randomBytes(16).toString('hex') }
      : parseToken(newToken, 'server');
  replacePassword(password);
  if (existsSync(`${serverDirectory}/db/etcd`)) await encryptBy(password);
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const key = base64('/bootstrap-by');
const markOf = (password: string) => createHash('sha256').update(password).digest('hex');

/** What all servers share is encrypted by the token: here only its mark tells by which. */
async function encryptBy(password: string): Promise<void> {
  await askEtcdText('kv/put', { key, value: base64(markOf(password)) });
}

/** Ends a server that has another token than the one that was last rotated to, as it does K3s. */
export async function mustOpenBootstrap(password: string, before: string | null): Promise<void> {
  const said = await askEtcdText('kv/range', { key });
  const value = /"value":\s*"([^"]+)"/.exec(said)?.[1];
  const fits =
    value === undefined ? (before ?? password) === password : value === base64(markOf(password));
  if (fits) return;
  // What is wrong is as wrong at the next start.
  replacePassword(before ?? '');
  throw new Panic('bootstrap data already found and encrypted with different token');
}
