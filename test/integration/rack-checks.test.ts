import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { checkResult } from '../../shared/checks/check.ts';
import { checkEvent } from '../../shared/contract/checks.ts';
import { describeRack } from '../rack/index.ts';
import { CommandLine } from './command-line.ts';
import { App } from './rack/app.ts';
import { type Checked, Checker } from './rack/checked.ts';
import { directTarget, namedTarget } from './rack/login.ts';
import { rememberSudo } from './rack/remembered-sudo.ts';
import { TestBed } from './sshd/index.ts';

vi.setConfig({ testTimeout: 60_000 });

describeRack('checks of the machines of the seed rack', 'seed', (rack) => {
  const bed = new TestBed();
  let checker: Checker;
  const all = new Map<string, Checked>();
  beforeAll(async () => {
    checker = new Checker(bed.client({ configFile: rack().sshConfigFile }));
    await Promise.all(
      rack().nodes.map(async ({ name }) => {
        all.set(name, await checker.check({ host: name }, name, { network: 'gateway' }));
      }),
    );
  });
  afterAll(() => bed.close());
  const of = (name: string, check: string, part?: string) => {
    const checked = all.get(name);
    if (!checked) throw new Error(`${name} was not checked.`);
    return checked.of(check, part);
  };
  const node = (name: string) => rack().node(name);

  it('take one round trip as root, and every result is one as it is shown', () => {
    const ids = new Set<string>();
    for (const [name, { results, trips }] of all) {
      expect(trips, name).toBe(1);
      for (const result of results) {
        expect(() => checkResult.parse(result), `${name} ${result.check}`).not.toThrow();
        ids.add(result.check);
      }
      expect(new Set(results.map(({ check }) => check)).size, name).toBe(ids.size);
    }
    expect(ids.size).toBeGreaterThan(45);
  });

  it('tell the Pi without the memory cgroup from those that have it, and name what mends it', () => {
    expect(of('pi-3', 'memory-cgroup')).toMatchObject({
      status: 'fail',
      fix: { kind: 'phase', phase: 'memory-cgroup' },
    });
    expect(
      of('pi-3', 'memory-cgroup')
        .evidence.map(({ said }) => said)
        .join('\n'),
    ).toContain('cgroup_disable=memory');
    for (const name of ['pi-1', 'pi-2', 'worker-1', 'alpine']) {
      expect(of(name, 'memory-cgroup').status, name).toBe('pass');
    }
  });

  it('tell what each machine is', () => {
    expect(of('pi-1', 'architecture').found).toBe('aarch64 (arm64).');
    expect(of('worker-1', 'architecture').found).toBe('x86_64 (amd64).');
    expect(of('alpine', 'init-system').found).toBe('OpenRC.');
    expect(of('gpu', 'container-engine')).toMatchObject({ status: 'warn', found: 'Docker runs.' });
    expect(of('worker-1', 'web-ports').found).toContain('80 (nginx)');
    expect(of('router', 'firewall').status).toBe('warn');
    expect(of('pi-1', 'firewall').status).toBe('pass');
    expect(of('router', 'default-route').status).toBe('fail');
    expect(of('worker-1', 'default-route').status).toBe('pass');
    expect(of('worker-1', 'gateway').status).toBe('pass');
    expect(of('db-1', 'name-servers').status).toBe('fail');
    expect(of('worker-1', 'name-servers').status).toBe('pass');
    expect(of('pi-1', 'clock-skew').status).toBe('pass');
  });

  it.each([
    ['pi-1', 'deploy', 2, 'pass', 'Signed in'],
    ['worker-2', 'admin', 2, 'warn', 'sudo wants a password'],
    ['alpine', 'viewer', 2, 'fail', ''],
  ] as const)(
    'of %s as %s say what root alone may see',
    async (name, account, trips, root, says) => {
      const target = namedTarget(node(name), rack().account(account));
      const checked = await checker.check(target, name);
      expect(checked.trips).toBe(trips);
      const found = checked.of('root-access');
      expect(found.status).toBe(root);
      if (root !== 'pass') expect(found.found).toContain(says);
      const sshd = checked.of('ssh-password-login');
      if (root === 'pass') expect(sshd.status).not.toBe('unknown');
      else
        expect(sshd).toMatchObject({ status: 'unknown', found: expect.stringContaining('root') });
      if (root === 'pass') expect(sshd.evidence[0]?.as).toBe('root');
    },
  );

  describe('see what is broken', () => {
    /** Breaks it, looks, mends it whatever happens. */
    async function broken(name: string, set: string, mend: string): Promise<Checked> {
      try {
        const { exitCode, stderr } = await node(name).exec(set);
        expect(exitCode, stderr).toBe(0);
        return await checker.check({ host: name }, name);
      } finally {
        await node(name).exec(mend);
      }
    }

    it('in files, routes, ports, firewalls and leftovers', async () => {
      const before = [
        ['cluster-routes', 'pass'],
        ['local-ports', 'pass'],
        ['pending-reboot', 'pass'],
        ['hosts-entry', 'pass'],
        ['firewall', 'pass'],
      ] as const;
      for (const [check, status] of before)
        expect(of('worker-2', check).status, check).toBe(status);
      const checked = await broken(
        'worker-2',
        `ip route add 10.42.7.0/24 dev enp1s0 &&
         (setsid nc -lk 6444 >/dev/null 2>&1 </dev/null & echo $! >/run/listener; sleep 0.3) &&
         echo 'linux-image' >/run/reboot-required.pkgs && echo '*** restart' >/run/reboot-required &&
         mkdir -p /etc/rancher/k3s /etc/cni/net.d && : >/etc/cni/net.d/10-flannel.conflist &&
         cp /etc/hosts /run/hosts.kept && echo '127.0.0.1 localhost' >/etc/hosts &&
         cp /etc/machine-id /run/id.kept && echo uninitialized >/etc/machine-id &&
         nft 'add table inet test; add chain inet test in { type filter hook input priority 0; policy drop; }; add rule inet test in accept'`,
        `ip route del 10.42.7.0/24; kill "$(cat /run/listener)"; rm -f /run/listener /run/reboot-required*
         rm -rf /etc/rancher /etc/cni; cat /run/hosts.kept >/etc/hosts; cat /run/id.kept >/etc/machine-id
         rm -f /run/*.kept; nft delete table inet test`,
      );
      const statuses = Object.fromEntries(
        ['local-ports', 'pending-reboot', 'hosts-entry', 'machine-id', 'firewall'].map((check) => [
          check,
          checked.of(check).status,
        ]),
      );
      expect(statuses).toEqual({
        'local-ports': 'fail',
        'pending-reboot': 'warn',
        'hosts-entry': 'warn',
        'machine-id': 'fail',
        firewall: 'warn',
      });
      expect(checked.of('machine-id').found).toBe('It was never initialised.');
      expect(checked.of('leftovers', 'k3s').status).toBe('warn');
      expect(checked.of('leftovers', 'cni').status).toBe('warn');
      expect(checked.of('cluster-routes').status).toBe('fail');
    });

    it.each([
      ['disk-full', 'worker-2', 'free-space', 'fail'],
      ['wrong-clock', 'pi-2', 'clock-skew', 'fail'],
    ] as const)('by the fault %s', async (fault, name, check, status) => {
      await using _ = await node(name).fault(fault);
      const checked = await checker.check({ host: name }, name);
      expect(checked.of(check).status).toBe(status);
    });

    it('in a clone: which device is the twin', async () => {
      await using _ = await node('worker-1').fault('machine-id-cloned', { from: 'worker-2' });
      const twin = (await node('worker-2').exec('cat /etc/machine-id')).stdout.trim();
      const inventory = {
        memberOf: null,
        carriers: ({ kind, value }: { kind: string; value: string }) =>
          kind === 'machine-id' && value === twin
            ? [{ deviceId: 'w2', deviceName: 'worker-2' }]
            : [],
      };
      const checked = await checker.check({ host: 'worker-1' }, 'worker-1', { inventory });
      expect(checked.of('cloned-machine-id')).toMatchObject({
        status: 'fail',
        found: 'worker-2 has the same: one of them is a copy.',
        fix: { phase: 'machine-id' },
      });
    });
  });

  describe('of the ports between them', () => {
    const three = () =>
      (
        [
          ['pi-1', 'control-plane'],
          ['worker-1', 'worker'],
          ['alpine', 'worker'],
        ] as const
      ).map(([name, role]) => ({
        name,
        role,
        target: { host: name },
        address: node(name).addresses.management?.ipv4 ?? '',
      }));

    it('say which are open, both ways, and leave nothing behind', async () => {
      const checked = await checker.ports(three());
      for (const part of [
        '6443/tcp from worker-1',
        '8472/udp from worker-1',
        '6443/tcp from alpine',
      ]) {
        expect(checked.of('ports', part), part).toMatchObject({ status: 'pass' });
      }
      const of = (name: string, part: string) =>
        checked.results.find((result) => result.subject.name === name && result.part === part);
      expect(of('worker-1', '10250/tcp from pi-1')).toMatchObject({ status: 'pass' });
      expect(of('worker-1', '10250/tcp from alpine')).toMatchObject({ status: 'pass' });
      expect(of('alpine', '10250/tcp from pi-1')).toMatchObject({ status: 'pass' });
      for (const { name } of three()) {
        const left = await node(name).exec(
          "grep -hE ':(192B|280A|2118) [0-9A-F:]+ 0[A7] ' /proc/net/tcp /proc/net/udp; for f in /proc/[0-9]*/cmdline; do tr '\\0' ' ' <$f | grep -E 'rackhelm-[0-9a-f]{24}'; done",
        );
        expect(left.stdout, name).toBe('');
      }
    });

    it('tell what is refused from what is dropped', async () => {
      await node('worker-1').exec(
        `nft 'add table inet block; add chain inet block in { type filter hook input priority 0; };
          add rule inet block in tcp dport 10250 reject with tcp reset; add rule inet block in udp dport 8472 drop'`,
      );
      try {
        const checked = await checker.ports(three().slice(0, 2));
        const of = (part: string) =>
          checked.results.find(
            ({ subject, part: own }) => subject.name === 'worker-1' && own === part,
          );
        expect(of('10250/tcp from pi-1')).toMatchObject({
          status: 'fail',
          found: expect.stringContaining('refused'),
        });
        expect(of('8472/udp from pi-1')).toMatchObject({
          status: 'fail',
          found: expect.stringContaining('no answer in time'),
        });
        expect(checked.of('ports', '6443/tcp from worker-1').status).toBe('pass');
      } finally {
        await node('worker-1').exec('nft delete table inet block');
      }
    });
  });

  it('run by the command line over devices of the inventory, and end with what they found', async () => {
    const line = new CommandLine();
    try {
      await line.run('add', 'pi-3', 'worker-1', '--ssh-config', rack().sshConfigFile);
      const text = await line.run('check', 'pi-3', '--group', 'Kernel', '--evidence');
      expect(text).toMatchObject({ exitCode: 6, stderr: '' });
      expect(text.stdout).toMatch(/^pi-3: \d+ results, \d+ passed\.\n/);
      expect(text.stdout).toMatch(/FAIL +Kernel +Memory cgroup +Off \(cgroup v2\)\./);
      expect(text.stdout).toContain('cgroup_disable=memory');

      const json = await line.run('check', 'pi-3', 'worker-1', '--ports', '--json');
      expect(json.exitCode).toBe(6);
      const events = z.array(checkEvent).parse(JSON.parse(json.stdout));
      expect(events.map(({ name }) => name).sort()).toEqual([
        'pi-3',
        'pi-3',
        'worker-1',
        'worker-1',
      ]);
      const ports = events.flatMap((event) =>
        event.type === 'checked'
          ? event.results.filter(({ check }) => check === 'onboarding.ports')
          : [],
      );
      expect(ports.map(({ status }) => status)).toEqual(['pass', 'pass', 'pass', 'pass']);
      const unknown = await line.run('check', 'nobody');
      expect(unknown).toMatchObject({ exitCode: 1, stdout: '' });
    } finally {
      await line.close();
    }
  });

  it('run as root by a sudo password that is remembered, once it was tried', async () => {
    const line = new CommandLine();
    try {
      const kept = await rememberSudo(line, node('worker-2'), rack().account('admin'));
      const asRoot = async (...more: readonly string[]) => {
        const { stdout, stderr } = await line.run('check', 'worker-2', '--json', ...kept, ...more);
        const events = z.array(checkEvent).parse(JSON.parse(stdout || stderr));
        return events.flatMap((event) =>
          event.type === 'checked'
            ? event.results.filter(({ check }) => check === 'onboarding.root-access')
            : [],
        );
      };
      expect(await asRoot()).toMatchObject([{ status: 'warn' }]);
      const file = path.join(line.directory, 'passphrase');
      expect(await asRoot('--passphrase-file', file)).toMatchObject([{ status: 'pass' }]);
    } finally {
      await line.close();
    }
  });

  it('run from a window, are kept with their past, and are accepted by name', async () => {
    const app = await App.open();
    try {
      const deviceId = await app.add(directTarget(node('pi-3')));
      const run = async () => {
        const seen = await Array.fromAsync(await app.client.checks.run({ deviceIds: [deviceId] }));
        expect(seen.map(({ type }) => type)).toEqual(['checked']);
      };
      await run();
      await run();
      const memory = async () =>
        (await app.client.checks.of({ subjectIds: [deviceId] })).find(
          ({ check }) => check === 'onboarding.memory-cgroup',
        );
      expect(await memory()).toMatchObject({
        status: 'fail',
        past: [{ status: 'fail' }],
        accepted: null,
      });
      const named = { check: 'onboarding.memory-cgroup', part: '', subjectId: deviceId };
      await app.client.checks.accept({ ...named, reason: 'No cluster here.', until: null });
      await app.restart();
      expect(await memory()).toMatchObject({ accepted: { reason: 'No cluster here.' } });
      expect(await app.client.checks.history(named)).toHaveLength(2);
      await app.client.checks.unaccept(named);
      expect((await memory())?.accepted).toBeNull();
    } finally {
      await app.close();
    }
  });
});
