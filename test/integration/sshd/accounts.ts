import { execFileSync } from 'node:child_process';

export interface Account {
  readonly name: string;
  readonly password: string;
  remove(): void;
}

let count = 0;

/** A user of this machine for the length of a test. Root only; the name begins with `rhtest`. */
export function makeAccount(
  options: { readonly shell?: string; readonly home?: string } = {},
): Account {
  count += 1;
  const name = `rhtest${process.pid % 100_000}x${count}`;
  // No home directory is made: sshd starts in the one that is given, or in /.
  const home = options.home ?? '/';
  execFileSync('useradd', ['-M', '-d', home, '-s', options.shell ?? '/bin/sh', name]);
  const password = `pass word '"$${count}`;
  execFileSync('chpasswd', { input: `${name}:${password}\n` });
  return {
    name,
    password,
    remove: () => {
      // Also when a session of theirs has not quite ended.
      execFileSync('userdel', ['-f', name], { stdio: 'ignore' });
    },
  };
}
