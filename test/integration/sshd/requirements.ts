import { existsSync } from 'node:fs';
import { describe } from 'vitest';
import { sshdPath } from './sshd.ts';

const isRoot = process.getuid?.() === 0;

const requirements = {
  sshd: () => (existsSync(sshdPath) ? null : 'OpenSSH server is not installed'),
  puttygen: () =>
    existsSync('/usr/bin/puttygen') ? null : 'puttygen (putty-tools) is not installed',
  perl: () => (existsSync('/usr/bin/perl') ? null : 'perl is not installed'),
  fuse: () => (existsSync('/dev/fuse') ? null : 'the kernel has no FUSE'),
  ssh: () => (existsSync('/usr/bin/ssh') ? null : 'the OpenSSH client is not installed'),
  terminal: () =>
    process.platform === 'linux' && existsSync('/usr/bin/script')
      ? null
      : 'script of util-linux, which plays a terminal, is not installed',
  mounts: () =>
    isRoot && process.platform === 'linux' ? null : 'root on Linux is needed to mount a small disk',
  keyring: () =>
    existsSync('/usr/bin/gnome-keyring-daemon') && existsSync('/usr/bin/dbus-run-session')
      ? null
      : 'gnome-keyring and dbus are not installed',
  root: () => (isRoot ? null : 'root is needed to make a user with a password'),
} as const;

/**
 * A group of tests that needs something of this machine. Where it is missing the group is skipped
 * with the reason in its name; with RACKHELM_REQUIRE_ALL=1 that is a failure instead.
 */
export function describeWith(
  needs: readonly (keyof typeof requirements)[],
  name: string,
  body: () => void,
): void {
  const missing = needs.map((need) => requirements[need]()).find((reason) => reason !== null);
  if (missing === undefined || missing === null) describe(name, body);
  else if (process.env.RACKHELM_REQUIRE_ALL === '1') throw new Error(`${name}: ${missing}`);
  else describe.skip(`${name} (skipped: ${missing})`, body);
}
