import { roleOf } from '../../../../shared/onboarding/answers.ts';
import { type Draft, type DraftMachine, nameOf } from '../../../../shared/onboarding/draft.ts';
import type { JoinMachine, JoinRequest } from '../../cluster/index.ts';

/** What the machines of a draft ask of their cluster; null: they join none, or none was chosen. */
export function joinRequestOf(draft: Draft): JoinRequest | null {
  const { clusterId, join } = draft.common;
  if (clusterId === null || join === null) return null;
  const machines = draft.machines.map((machine) => joinMachineOf(draft, machine));
  return { clusterId, common: join, machines };
}

function joinMachineOf(draft: Draft, machine: DraftMachine): JoinMachine {
  const { answers, facts, target, deviceId, id } = machine;
  const hostname = answers.hostname ?? facts?.hostname ?? nameOf(machine);
  const found = (check: string) => machine.checks.find((one) => one.check === check);
  return {
    ...{ id, deviceId, facts, join: answers.join, role: roleOf(draft.common, answers) },
    // As kubelets take them; what is none then is told as a problem.
    nodeName: hostname.toLowerCase(),
    planned: answers.addresses.map(({ interface: link, address }) => ({
      interface: link,
      address,
    })),
    names: namesOf(hostname, target.host),
    // Its checks have seen which of both brings it up; without them nearly everything has systemd.
    init: found('onboarding.init-system')?.found.startsWith('OpenRC') ? 'openrc' : 'systemd',
    preferBundledBin: found('onboarding.iptables')?.status === 'fail',
    selinux: /^It enforces/.test(found('onboarding.selinux')?.found ?? ''),
  };
}

/** For certificates: what a person would type to reach it. */
function namesOf(hostname: string, host: string): string[] {
  const names = [hostname.toLowerCase(), host].filter((name) => /^[A-Za-z0-9.:_-]+$/.test(name));
  return [...new Set(names)];
}
