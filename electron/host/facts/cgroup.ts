import type { Evidence } from './evidence.ts';
import { absent, failed, ok, type SectionParser } from './outcome.ts';

/** Tests the effect, not the boot line: on a Raspberry Pi memory is off unless asked for. */
export const parseCgroup: SectionParser<'cgroup'> = (evidence) => {
  if (evidence.exists('/sys/fs/cgroup/cgroup.controllers')) {
    const memoryController = hasMemory(evidence.line('/sys/fs/cgroup/cgroup.controllers'));
    return ok({ version: 'v2', memoryController });
  }
  const mounts = evidence.lines('/proc/mounts');
  const v1 = mounts?.some((line) => line.split(' ')[2] === 'cgroup');
  const v2 = mounts?.some((line) => line.split(' ')[2] === 'cgroup2');
  if (!v1 && !v2 && !evidence.exists('/sys/fs/cgroup/memory')) {
    return mounts ? absent('No cgroups are mounted.') : failed('/proc/mounts is not readable.');
  }
  const unified = evidence.line('/sys/fs/cgroup/unified/cgroup.controllers');
  const memoryController = enabledInV1(evidence) || hasMemory(unified);
  return ok({ version: v2 ? 'hybrid' : 'v1', memoryController });
};

function hasMemory(controllers: string | null): boolean {
  return controllers?.split(/\s+/).includes('memory') ?? false;
}

/** /proc/cgroups: name, hierarchy, number of groups, enabled. */
function enabledInV1(evidence: Evidence): boolean {
  const lines = evidence.lines('/proc/cgroups') ?? [];
  return lines.some((line) => /^memory\s+\d+\s+\d+\s+1\s*$/.test(line));
}
