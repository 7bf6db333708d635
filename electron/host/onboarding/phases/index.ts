import type { AnyPhase } from '../../engine/jobs/index.ts';
import { hostnamePhase } from './identity/hostname.ts';
import { kernelModulesPhase } from './kernel/kernel-modules.ts';
import { memoryCgroupPhase } from './kernel/memory-cgroup.ts';
import { rebootPhase } from './kernel/reboot.ts';
import { swapPhase } from './kernel/swap.ts';
import { sysctlPhase } from './kernel/sysctl.ts';

/** Every phase that mends something on a machine, in the order in which they are best done. */
export function onboardingPhases(): readonly AnyPhase[] {
  return [
    hostnamePhase,
    swapPhase,
    kernelModulesPhase,
    sysctlPhase,
    memoryCgroupPhase,
    rebootPhase,
  ];
}
