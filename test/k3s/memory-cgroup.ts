import { existsSync } from 'node:fs';
import { hasFault } from './faults.ts';
import { read } from './files.ts';
import { Fatal } from './log.ts';

/** Containers need a kernel that counts memory by group. */
export function needMemoryCgroup(): void {
  const unified = '/sys/fs/cgroup/cgroup.controllers';
  const isThere = existsSync(unified)
    ? read(unified).split(/\s+/).includes('memory')
    : /^memory\t.*\t1$/m.test(read('/proc/cgroups'));
  if (!isThere || hasFault('no-memory-cgroup')) {
    const version = existsSync(unified) ? ' (v2)' : '';
    throw new Fatal(`failed to find memory cgroup${version}`);
  }
}
