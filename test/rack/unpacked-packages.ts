import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { scriptFile } from './scripts.ts';

/**
 * Debian packages that the nodes have and this computer need not: installed here they would take over
 * its network or drive its systemd out. They are unpacked beside this checkout instead; the packages
 * themselves are kept in the cache of who runs this, by version.
 */
const directory = path.resolve(import.meta.dirname, '../../.rackhelm/packages');

/** Where the files of an unpacked package lie. */
export function unpackedPackage(name: string): string {
  return path.join(directory, name);
}

export function isUnpacked(name: string): boolean {
  return existsSync(unpackedPackage(name));
}

/** Whether all are here; the first time they are fetched from where apt has its packages. */
export function hasUnpacked(names: readonly string[]): boolean {
  const missing = names.filter((name) => !isUnpacked(name));
  if (missing.length === 0) return true;
  const args = [scriptFile('unpack-packages.sh'), directory, ...missing];
  return spawnSync('sh', args, { timeout: 120_000 }).status === 0;
}

const installedSystemctl = '/usr/bin/systemctl';

/** Debian's `systemctl` is a Python script that runs units without systemd; systemd's is not. */
function isReplacementInstalled(): boolean {
  return (
    existsSync(installedSystemctl) &&
    readFileSync(installedSystemctl).subarray(0, 40).includes('python')
  );
}

export function hasSystemctl(): boolean {
  return isReplacementInstalled() || hasUnpacked(['systemctl']);
}

export function systemctlFile(): string {
  if (isReplacementInstalled()) return installedSystemctl;
  return path.join(unpackedPackage('systemctl'), 'usr/bin/systemctl');
}
