import { createHash } from 'node:crypto';
import path from 'node:path';
import { RackhelmError } from '../../shared/model/errors.ts';

/**
 * The directory of `--data DIR` or `--data=DIR`, absolute; null without it. Electron and Chromium
 * add switches of their own to the arguments, so whatever is not ours is passed over.
 */
export function dataOption(args: readonly string[], workingDirectory: string): string | null {
  const at = args.findIndex((arg) => arg === '--data' || arg.startsWith('--data='));
  const found = args[at];
  if (found === undefined) return null;
  const value = found === '--data' ? args[at + 1] : found.slice('--data='.length);
  if (value === undefined || value === '' || value.startsWith('-')) {
    throw new RackhelmError('INVALID_INPUT', '--data wants a directory.', {
      hint: 'Write --data DIR, or leave it out for the usual place.',
    });
  }
  return path.resolve(workingDirectory, value);
}

/**
 * Where Electron keeps its profile. Each data directory has its own, because the lock that lets one
 * window exist goes with the profile: two racks may be open side by side, one rack not twice. It is
 * kept apart from the data, which may lie on a read-only or a slow disk.
 */
export function profileDirectory(userData: string, dataDirectory: string | null): string {
  if (dataDirectory === null) return path.join(userData, 'desktop');
  const name = createHash('sha256').update(dataDirectory).digest('hex').slice(0, 16);
  return path.join(userData, `desktop-${name}`);
}
