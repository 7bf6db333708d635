import { readPasswords, readToken, replacePassword } from './server-files.ts';
import { parseToken } from './token.ts';

/** The servers have another token from now on; each has to be started anew with it. */
export async function rotateToken(wanted: string): Promise<void> {
  const { token, newToken } = JSON.parse(wanted) as { token: string; newToken: string };
  const old = parseToken(token, 'server').password;
  if (readToken() === null || readPasswords()?.server !== old)
    throw new Error('token does not match the server');
  replacePassword(parseToken(newToken, 'server').password);
}
