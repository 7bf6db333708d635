import { type Part, told } from '../../../engine/phases/index.ts';

/** What tells whether the memory controller works. */
export const effectAsked = {
  unified: 'cat /sys/fs/cgroup/cgroup.controllers',
  legacy: 'cat /proc/cgroups',
};

/** By effect: cgroup v2 lists the controller, v1 has it enabled. Throws where neither can be read. */
export function memoryWorks(parts: Readonly<Record<keyof typeof effectAsked, Part>>): boolean {
  if (parts.unified.exitCode === 0) return /\bmemory\b/.test(parts.unified.text);
  const row = told(parts.legacy)
    .split('\n')
    .find((line) => line.startsWith('memory\t'));
  return row?.trim().split(/\s+/)[3] === '1';
}
