import { describe, expect, it } from 'vitest';
import { onboardingPhases } from '../phases/index.ts';
import { freshPi, redHat, ubuntuServer } from './looks-fixture.ts';
import { checked, one, type Told } from './preflight-fixture.ts';

/** `check part: status` of what is not well. */
function notWell(told: Told, context: Parameters<typeof checked>[1] = {}): readonly string[] {
  return checked(told, context)
    .filter(({ status }) => status === 'fail' || status === 'warn')
    .map(({ check, part, status }) =>
      `${check.replace('onboarding.', '')} ${part}`.trim().concat(`: ${status}`),
    );
}

describe('a Pi as it comes from its image, as a control plane', () => {
  it('is told what is wrong, and only that', () => {
    expect(notWell(freshPi, { role: 'control-plane' })).toEqual([
      'hostname: warn',
      'disk-kind: fail',
      'memory-cgroup: fail',
      'sysctl net.ipv4.ip_forward: fail',
      'swap: warn',
      'time-sync: warn',
      'rtc: warn',
      'throttling: fail',
      'ssh-password-login: warn',
    ]);
  });

  it('is renamed as the plan has it, and lets an SD card pass with a doubt where it is a worker', () => {
    const plan = { name: 'pi-7', addresses: [], cidrs: [] };
    expect(one(checked(freshPi, { plan }), 'hostname')).toMatchObject({
      status: 'fail',
      fix: { phase: 'hostname', params: { name: 'pi-7' } },
    });
    expect(one(checked(freshPi), 'disk-kind')).toMatchObject({
      status: 'warn',
      found: '/var/lib/rancher would lie on an SD card (mmcblk0).',
    });
  });

  it('is offered to keep its clock only where something could keep it', () => {
    expect(one(checked(freshPi), 'rtc').fix).toMatchObject({ phase: 'time-sync' });
    const { fix } = one(checked({ ...freshPi, there: ['/run/systemd/system'] }), 'rtc');
    expect(fix).toMatchObject({ kind: 'steps' });
  });

  it('says what is so now and what was so before of its power', () => {
    const power = (vcgencmd: string) =>
      one(checked({ ...freshPi, parts: { ...freshPi.parts, vcgencmd } }), 'throttling');
    expect(power('throttled=0x50005').found).toBe('Now: under-voltage, throttling.');
    expect(power('throttled=0x50000')).toMatchObject({ status: 'warn' });
    expect(power('throttled=0x0').status).toBe('pass');
    expect(power('throttled=nonsense').status).toBe('not-applicable');
  });
});

describe('a PC with Ubuntu, seen without root', () => {
  const results = checked(ubuntuServer);
  it('is told what is wrong, and only that', () => {
    expect(notWell(ubuntuServer)).toEqual([
      'root-access: warn',
      'cluster-routes: fail',
      'firewall: warn',
      'local-ports: fail',
      'package-lock: warn',
      'unattended-upgrades: warn',
      'pending-reboot: warn',
    ]);
  });

  it('says why it does not know what root alone may see', () => {
    for (const check of ['ssh-password-login', 'disk-health']) {
      expect(one(results, check), check).toMatchObject({
        status: 'unknown',
        found: expect.stringContaining('sudo wants a password'),
      });
    }
  });

  it('finds the disk below LVM, the clash of a VLAN but not of the cluster’s own network, and who locks', () => {
    expect(one(results, 'disk-kind').found).toBe(
      '/var/lib/rancher would lie on an NVMe SSD (nvme0n1).',
    );
    expect(one(results, 'cluster-routes').found).toContain('10.42.7.0/24 (vlan42)');
    expect(one(results, 'cluster-routes').found).not.toContain('cni0');
    expect(one(results, 'package-lock').found).toContain('unattended-upgr');
    expect(one(results, 'local-ports').found).toContain('6444/tcp (haproxy)');
    expect(one(results, 'pending-reboot').fix).toMatchObject({ phase: 'reboot' });
    expect(one(results, 'time-sync').found).toContain('chrony (ntp.example)');
  });

  it('takes other networks of the cluster for other routes', () => {
    const plan = { name: null, addresses: [], cidrs: ['172.20.0.0/16'] };
    expect(one(checked(ubuntuServer, { plan }), 'cluster-routes').status).toBe('pass');
  });
});

describe('Red Hat 8.3 with a cluster of kubeadm', () => {
  it('is told what is wrong, and only that', () => {
    expect(notWell(redHat)).toEqual([
      'hostname: fail',
      'machine-id: fail',
      'disk-health sda: warn',
      'read-only: fail',
      'swap: warn',
      'default-route: warn',
      'iptables: fail',
      'firewall: warn',
      'nm-cloud-setup: fail',
      'time-sync: fail',
      'rtc: warn',
      'selinux: warn',
      'ssh-password-login: warn',
      'ssh-root-login: warn',
      'pending-reboot: warn',
      'leftovers kubernetes: fail',
    ]);
    const results = checked(redHat);
    expect(one(results, 'memory-cgroup')).toMatchObject({ status: 'pass' });
    expect(one(results, 'disk-health').found).toBe(
      'sda: 24 sectors moved, 2 sectors waiting to be moved.',
    );
    expect(one(results, 'swap').found).toContain('zram');
  });
});

it('what K3s has on a node of a cluster is no leftover of one', () => {
  const states = (memberOf: string | null) =>
    ['leftovers', 'cluster-routes'].map(
      (check) => one(checked(redHat, { memberOf }), check).status,
    );
  expect(states(null)).not.toContain('not-applicable');
  expect(states('lab')).toEqual(['not-applicable', 'not-applicable']);
  expect(one(checked(redHat, { memberOf: 'lab' }), 'leftovers').found).toContain('a node of lab');
});

it('names only fixes that the phases of the onboarding take as they are', () => {
  const phases = new Map(
    onboardingPhases({
      tryKeyLogin: async () => ({ kind: 'refused' }) as never,
      expectHostKeys: async () => {},
    }).map((phase) => [phase.id, phase]),
  );
  const fixes = [freshPi, ubuntuServer, redHat].flatMap((told) =>
    [true, false].flatMap((named) =>
      checked(named ? told : { ...told, tools: [] }).flatMap(({ fix }) => fix ?? []),
    ),
  );
  const used = new Set<string>();
  for (const fix of fixes) {
    if (fix.kind !== 'phase') continue;
    used.add(fix.phase);
    expect(phases.get(fix.phase)?.params.safeParse(fix.params), fix.phase).toMatchObject({
      success: true,
    });
  }
  expect([...used].sort()).toEqual([
    'hostname',
    'memory-cgroup',
    'packages',
    'reboot',
    'ssh-password-login',
    'swap',
    'sysctl',
    'time-sync',
  ]);
});

describe('a machine that tells little', () => {
  const passed = (told: Told) =>
    checked(told)
      .filter(({ status }) => status === 'pass' || status === 'not-applicable')
      .map(({ check }) => check.replace('onboarding.', ''));

  it('passes nothing that it was not heard of', () => {
    expect(
      passed({ parts: { there: ['', 'cut'], files: ['', 'cut'], presence: ['', 'cut'] } }),
    ).toEqual([
      // These need no telling: nobody asked, or the role does not want it.
      'gpu',
      'storage-size',
      'gateway',
      'name-servers',
      'outside',
    ]);
  });

  it('has what is missing told as missing only once it was told what is there', () => {
    expect(passed({ uid: 0 })).toEqual(
      expect.arrayContaining(['leftovers', 'container-engine', 'apparmor', 'selinux', 'iptables']),
    );
    expect(one(checked({ uid: 0 }), 'download-tool').status).toBe('fail');
    expect(one(checked({ parts: { there: ['', 'cut'] } }), 'download-tool').status).toBe('unknown');
  });
});
