import type { AnyPhase } from '../../engine/jobs/index.ts';
import { hostnamePhase } from './identity/hostname.ts';
import { machineIdPhase } from './identity/machine-id.ts';
import { kernelModulesPhase } from './kernel/kernel-modules.ts';
import { memoryCgroupPhase } from './kernel/memory-cgroup.ts';
import { rebootPhase } from './kernel/reboot.ts';
import { swapPhase } from './kernel/swap.ts';
import { sysctlPhase } from './kernel/sysctl.ts';
import { createNetworkAddressPhase } from './network/index.ts';
import { createHostKeysPhase, type ExpectHostKeys } from './sign-in/host-keys.ts';
import { createSshKeyPhase } from './sign-in/ssh-key.ts';
import { createSshPasswordLoginPhase } from './sign-in/ssh-password-login.ts';
import type { TryKeyLogin } from './sign-in/sshd.ts';
import { createPackagesPhase, type PackageWaiting } from './software/packages.ts';
import { timeSyncPhase } from './software/time-sync.ts';

export type { ExpectHostKeys, PublicKey } from './sign-in/host-keys.ts';
export { createKeyLogin } from './sign-in/key-login.ts';
export type { TryKeyLogin } from './sign-in/sshd.ts';

export interface OnboardingPhasesDeps {
  /** `createKeyLogin`, over the pool of connections. */
  readonly tryKeyLogin: TryKeyLogin;
  readonly expectHostKeys: ExpectHostKeys;
  /** How long another package manager is waited for. Default: five minutes. */
  readonly packageWaiting?: PackageWaiting;
}

/**
 * Every phase that mends something on a machine, in the order in which they are best done: who it is,
 * what it needs installed, how it runs, one restart for all of that, how one gets in, and where.
 */
export function onboardingPhases(deps: OnboardingPhasesDeps): readonly AnyPhase[] {
  return [
    machineIdPhase,
    createHostKeysPhase(deps.expectHostKeys),
    hostnamePhase,
    createPackagesPhase(deps.packageWaiting),
    timeSyncPhase,
    swapPhase,
    kernelModulesPhase,
    sysctlPhase,
    memoryCgroupPhase,
    rebootPhase,
    createSshKeyPhase(deps.tryKeyLogin),
    createSshPasswordLoginPhase(deps.tryKeyLogin),
    // Last, since what comes after would look for the machine where it was.
    createNetworkAddressPhase(),
  ];
}
