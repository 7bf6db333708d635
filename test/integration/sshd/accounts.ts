import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isRunning } from '../scratch.ts';

export interface Account {
  readonly name: string;
  readonly password: string;
  remove(): void;
}

let count = 0;

/**
 * A user of this machine for the length of a test. Root only; the name begins with `rhtest` and the id
 * of this process. Users that a killed run left are removed first.
 */
export function makeAccount(
  options: { readonly shell?: string; readonly home?: string } = {},
): Account {
  if (count === 0) removeAbandoned();
  count += 1;
  const name = `rhtest${process.pid}x${count}`;
  // No home directory is made: sshd starts in the one that is given, or in /.
  const home = options.home ?? '/';
  execFileSync('useradd', ['-M', '-d', home, '-s', options.shell ?? '/bin/sh', name]);
  const password = `pass word '"$${count}`;
  try {
    execFileSync('chpasswd', { input: `${name}:${password}\n` });
  } catch (error) {
    removeUser(name);
    throw error;
  }
  return { name, password, remove: () => removeUser(name) };
}

/** Also when a session of theirs has not quite ended. */
function removeUser(name: string): void {
  execFileSync('userdel', ['-f', name], { stdio: 'ignore' });
}

function removeAbandoned(): void {
  for (const [, name = '', owner] of readFileSync('/etc/passwd', 'utf8').matchAll(
    /^(rhtest(\d+)x\d+):/gm,
  )) {
    if (!isRunning(Number(owner))) removeUser(name);
  }
}
