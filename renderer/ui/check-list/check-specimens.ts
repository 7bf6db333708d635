import type { CheckStatus, Evidence, ShownCheck } from '../../../shared/checks/check.ts';

const day = 86_400_000;

/** For the gallery and for tests: one of each. */
export function specimenEvidence(
  ran: string,
  said: string,
  rest: Partial<Evidence> = {},
): Evidence {
  const at = Date.UTC(2026, 10, 30, 13, 5, 22);
  return { ran, where: 'pi-1', as: 'root', at, durationMs: 84, said, cut: false, exit: 0, ...rest };
}

export function specimenCheck(
  name: string,
  status: CheckStatus,
  rest: Partial<ShownCheck> = {},
): ShownCheck {
  const at = Date.UTC(2026, 10, 30, 13, 5, 22);
  const turns: readonly CheckStatus[] = ['pass', 'pass', 'warn', 'pass', 'fail', 'unknown'];
  return {
    check: `onboarding.${name}`,
    part: '',
    subject: { id: '01900000-0000-7000-8000-000000000001', name: 'pi-1' },
    group: 'Kernel',
    title: 'Memory cgroup',
    why: 'Kubernetes bounds the memory of containers by it; without it the kubelet does not start.',
    status,
    found: 'cgroup_disable=memory stands in the kernel command line.',
    evidence: [
      specimenEvidence(
        'cat /proc/cmdline',
        'console=serial0,115200 cgroup_disable=memory root=/dev/mmcblk0p2',
      ),
    ],
    fix: null,
    at,
    past: Array.from({ length: 18 }, (_, n) => ({
      at: at - n * day,
      status: n === 0 ? status : (turns[n % turns.length] ?? 'pass'),
    })),
    accepted: null,
    ...rest,
  };
}

const longOutput = Array.from({ length: 200 }, (_, n) => `line ${n} of what lsmod says`).join('\n');

export const specimenChecks: readonly ShownCheck[] = [
  specimenCheck('memory-cgroup', 'fail', {
    fix: { kind: 'phase', phase: 'memory-cgroup', title: 'Turn the memory cgroup on', params: {} },
  }),
  specimenCheck('kernel-modules', 'pass', {
    title: 'Kernel modules',
    found: 'overlay and br_netfilter are loaded.',
    evidence: [specimenEvidence('lsmod', longOutput, { cut: true })],
  }),
  specimenCheck('swap', 'warn', {
    title: 'Swap',
    found: '2 GiB of swap are in use (/var/swap).',
    accepted: {
      check: 'onboarding.swap',
      part: '',
      subjectId: '01900000-0000-7000-8000-000000000001',
      reason: 'The board has 1 GiB of memory; it only runs DNS.',
      who: 'ada',
      at: Date.UTC(2026, 10, 12, 9, 0),
      until: Date.UTC(2030, 0, 1),
    },
  }),
  specimenCheck('time-sync', 'unknown', {
    group: 'Time',
    title: 'Time synchronisation',
    found: 'timedatectl did not answer.',
    evidence: [specimenEvidence('timedatectl show', '', { exit: 'late', durationMs: 10_000 })],
    past: [],
  }),
  specimenCheck('outside', 'fail', {
    group: 'Network',
    title: 'The outside world',
    found: 'Nothing outside answers; \u202eis this an air gap?',
    fix: {
      kind: 'steps',
      steps: [
        'Look whether the gateway forwards.',
        'Or say under Networks that there is no way out.',
      ],
    },
  }),
  specimenCheck('throttling', 'not-applicable', {
    group: 'Hardware',
    title: 'Power throttling',
    found: 'This is no Raspberry Pi.',
    evidence: [],
  }),
];
