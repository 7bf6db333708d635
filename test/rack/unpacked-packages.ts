import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { scriptFile } from './scripts.ts';

/**
 * Debian's `systemctl` is a Python script that runs units without systemd. Its package drives systemd
 * from the computer that it is installed on, so it is unpacked beside this checkout instead.
 */
const unpacked = path.resolve(import.meta.dirname, '../../.rackhelm/packages');
const places = ['/usr/bin/systemctl', path.join(unpacked, 'usr/bin/systemctl')];

function found(): string | undefined {
  return places.find(
    (file) => existsSync(file) && readFileSync(file).subarray(0, 40).includes('python'),
  );
}

/** Whether the replacement is here; the first time it is fetched from where apt has its packages. */
export function hasSystemctl(): boolean {
  if (found()) return true;
  spawnSync('sh', [scriptFile('unpack-package.sh'), 'systemctl', unpacked], { timeout: 60_000 });
  return found() !== undefined;
}

export function systemctlFile(): string {
  return found() ?? '/usr/bin/systemctl';
}
