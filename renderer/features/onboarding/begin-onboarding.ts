import type { DeviceFields } from '../../../shared/model/inventory.ts';
import type { SshTarget } from '../../../shared/model/ssh.ts';
import type { Router } from '../../app/router.ts';
import type { NewMachine, OnboardingStore } from './onboarding-store.ts';

interface Needs {
  readonly onboarding: Pick<OnboardingStore, 'create'>;
  readonly router: Pick<Router, 'go'>;
}

/** Begins an onboarding and opens it; what goes wrong is told. */
export async function beginOnboarding(
  { onboarding, router }: Needs,
  machines: readonly NewMachine[] = [],
): Promise<void> {
  const outcome = await onboarding.create(machines);
  if (outcome.ok) router.go({ screen: 'onboarding', id: outcome.value.id });
}

type Declared = Pick<
  DeviceFields,
  'sshHost' | 'sshPort' | 'sshUser' | 'sshIdentityFile' | 'sshJump'
>;

/** The way in that is declared for a device; none where there is none. */
export function machineOfDevice(device: Declared): readonly NewMachine[] {
  const { sshHost: host, sshPort, sshUser, sshIdentityFile, sshJump } = device;
  if (!host) return [];
  const target: SshTarget = {
    host,
    ...(sshPort !== null && { port: sshPort }),
    ...(sshUser && { user: sshUser }),
    ...(sshIdentityFile && { identityFile: sshIdentityFile }),
    ...(sshJump && {
      jump: sshJump
        .split(',')
        .map((hop) => hop.trim())
        .filter((hop) => hop !== ''),
    }),
  };
  return [{ target, foundBy: 'device' }];
}
