import type { PlanItem, PlannedLane, PlannedPhase, Standing } from '../../../shared/jobs/plan.ts';
import { specimenEvidence } from '../check-list/check-specimens.ts';

/** For the gallery and for tests. */
export function specimenPhase(
  title: string,
  standing: Standing,
  items: readonly PlanItem[] = [],
  rest: Partial<PlannedPhase> = {},
): PlannedPhase {
  const evidence = [
    specimenEvidence('cat /boot/firmware/cmdline.txt', 'console=tty1 root=/dev/sda2'),
  ];
  const found = standing === 'present' ? 'It is so already.' : 'It is not so yet.';
  const probed = { standing, found, evidence };
  return {
    phase: 'specimen',
    title,
    params: {},
    probed,
    items: [...items],
    lasting: null,
    ...rest,
  };
}

const hosts = '127.0.0.1 localhost\n::1 localhost ip6-localhost\nff02::1 ip6-allnodes\n';
const before = Array.from({ length: 40 }, (_, n) => `# option ${n}\noption${n}=default\n`).join('');
const after = before
  .replace('option3=default', 'option3=off')
  .replace('# option 31\noption31=default\n', '')
  .concat('vm.overcommit_memory=1\n');

const items: readonly (readonly PlanItem[])[] = [
  [
    {
      kind: 'command',
      command: 'hostnamectl set-hostname pi-1',
      root: true,
      says: 'Sets the name.',
    },
    {
      kind: 'file',
      path: '/etc/hosts',
      before: hosts,
      after: `${hosts}127.0.1.1 pi-1\n`,
      mode: 0o644,
    },
  ],
  [
    {
      kind: 'file',
      path: '/boot/firmware/cmdline.txt',
      before: 'console=tty1 cgroup_disable=memory root=/dev/sda2\n',
      after: 'console=tty1 cgroup_enable=memory cgroup_memory=1 root=/dev/sda2\n',
      mode: null,
    },
    { kind: 'note', weight: 'warning', text: 'The machine reboots, which takes about a minute.' },
    { kind: 'command', command: 'systemctl reboot', root: true, restarts: true },
  ],
  [{ kind: 'file', path: '/etc/sysctl.d/90-rackhelm.conf', before, after, mode: 0o644 }],
  [
    {
      kind: 'object',
      where: 'the inventory',
      action: 'create',
      name: 'Device pi-1',
      before: null,
      after: 'name: pi-1\nrole: worker\nrack: Lab\n',
    },
    { kind: 'note', weight: 'info', text: 'What was observed stays beside what is declared.' },
  ],
];

const titles = [
  'Name it',
  'Turn the memory cgroup on',
  'Set kernel parameters',
  'Record it in the inventory',
  'Load kernel modules',
  'Turn swap off',
  'Synchronise the time',
  'Install packages',
  'Let a key log in as deploy',
  'Turn password login off',
  'Give it its address',
  'Make new host keys',
  'Make a new machine-id',
  'Record the report',
  'Turn unattended upgrades on',
];

const standings: readonly Standing[] = [
  'absent',
  'absent',
  'partly',
  'absent',
  'present',
  'present',
];

/** As many machines as asked for, 15 phases each. */
export function specimenLanes(machines: number): readonly PlannedLane[] {
  return Array.from({ length: machines }, (_, n) => ({
    lane: `lane-${n}`,
    title: `pi-${n + 1}`,
    deviceId: null,
    after: n === 1 ? ['lane-0'] : [],
    phases: titles.map((title, at) => {
      const standing = n === 2 && at === 6 ? 'unknown' : (standings[(at + n) % 6] ?? 'absent');
      const lasting = at === 11 ? 'The old keys are gone for good.' : null;
      return specimenPhase(title, standing, items[at % items.length], { lasting });
    }),
  }));
}
