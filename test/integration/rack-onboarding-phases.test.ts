import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import type { AnyPhase, PhaseContext } from '../../electron/host/engine/jobs/index.ts';
import { createMachines, type HeldMachine } from '../../electron/host/engine/machines/index.ts';
import {
  createKeyLogin,
  onboardingPhases,
  type PublicKey,
} from '../../electron/host/onboarding/phases/index.ts';
import type { JobAnswer, JobQuestion } from '../../shared/jobs/question.ts';
import { type AccountName, describeRack, type Rack } from '../rack/index.ts';
import { directTarget } from './rack/login.ts';
import { testClient } from './sshd/client.ts';
import { never } from './sshd/index.ts';

const client = testClient();
const machines = createMachines({
  pool: async () => client.pool,
  owner: { host: 'desk', user: 'ada' },
});
afterAll(() => client.close());

const jobId = randomUUID();
/** What the inventory was told to expect last. */
let expected: readonly PublicKey[] = [];

function contextOf(machine: HeldMachine, log: string[]): PhaseContext {
  return {
    machine,
    signal: never,
    jobId,
    lane: machine.name,
    log: (text) => log.push(text),
    progress: () => {},
    ask: async () => ({ kind: 'cancel' }),
  };
}

describeRack('phases on real machines', 'onboarding', (rack) => {
  const phaseOf = (id: string, user: AccountName, node: string): AnyPhase => {
    const all = onboardingPhases({
      tryKeyLogin: createKeyLogin({
        pool: async () => client.pool,
        targetOf: () => directTarget(rack().node(node), rack().account(user)),
        keyFileOf: async () => rack().account(user).identityFile,
      }),
      expectHostKeys: async (machine, keys) => {
        expected = keys;
        const { address, port } = rack().node(machine.name);
        const host = port === 22 ? address : `[${address}]:${port}`;
        client.keys.keys = client.keys.keys.filter((key) => key.host !== host);
        for (const key of keys) client.keys.keys.push({ host, seenAt: 0, ...key });
      },
      packageWaiting: { boundMs: 1_000, stepMs: 100 },
    });
    const phase = all.find((one) => one.id === id);
    if (!phase) throw new Error(`There is no phase ${id}.`);
    return phase;
  };

  async function open(node: string, user: AccountName): Promise<HeldMachine> {
    const account = rack().account(user);
    const ask = async (question: JobQuestion): Promise<JobAnswer> =>
      question.kind === 'sudo-password'
        ? { kind: 'secret', secret: account.password ?? 'none', remember: false }
        : { kind: 'ssh', answer: { kind: 'host-key', accept: true } };
    const options = { name: node, ask, signal: never, jobId };
    return machines.open(directTarget(rack().node(node), account), options);
  }

  /** Probe, plan, apply, undo as the runner does; what stands between is looked at by `meanwhile`. */
  async function through(
    { node, user = 'deploy', phase: id }: { node: string; user?: AccountName; phase: string },
    given: unknown,
    meanwhile: () => Promise<void>,
  ) {
    const phase = phaseOf(id, user, node);
    const params = phase.params.parse(given);
    const machine = await open(node, user);
    const log: string[] = [];
    try {
      const context = contextOf(machine, log);
      const before = await picture(rack(), node);
      const probed = await phase.probe(context, params);
      expect(['absent', 'partly'], probed.found).toContain(probed.standing);
      const items = await phase.plan(context, params, probed);
      const saved = phase.saved.parse(
        JSON.parse(JSON.stringify(await phase.save(context, params))),
      );
      await phase.apply(context, params, saved);
      const after = await phase.probe(context, params);
      expect(after.standing, after.found).toBe('present');
      await meanwhile();
      await phase.undo(context, params, saved);
      expect((await phase.probe(context, params)).standing).toBe(probed.standing);
      expect(await picture(rack(), node)).toBe(before);
      return { probed, items, log };
    } finally {
      await machine.release();
    }
  }

  const say = async (node: string, command: string) =>
    (await rack().node(node).exec(command)).stdout.trim();

  it.each([
    ['debian', 'deploy'],
    ['alpine', 'root'],
  ] as const)('renames %s and brings its name back', async (node, user) => {
    await through({ node, user, phase: 'hostname' }, { name: 'db-9' }, async () => {
      expect(await say(node, 'hostname; cat /etc/hostname')).toBe('db-9\ndb-9');
      expect(await say(node, 'getent hosts db-9 || grep db-9 /etc/hosts')).toContain('db-9');
    });
  });

  it.each([
    ['pi', '/boot/firmware/cmdline.txt', 'deploy'],
    ['old-pi', '/boot/cmdline.txt', 'root'],
  ] as const)(
    'switches on the memory cgroup of %s with a restart, and off again',
    async (node, file, user) => {
      const controllers = 'cat /sys/fs/cgroup/cgroup.controllers';
      const { items } = await through({ node, user, phase: 'memory-cgroup' }, {}, async () => {
        expect(await say(node, controllers)).toContain('memory');
        expect(await say(node, `wc -l <${file}`)).toBe('1');
      });
      expect(items).toMatchObject([{ kind: 'file', path: file }, { kind: 'command' }]);
      expect(await say(node, controllers)).not.toContain('memory');
    },
  );

  it.each(['pi', 'debian'])('switches off the swap of %s, and on again', async (node) => {
    const swaps = 'tail -n +2 /proc/swaps | cut -d" " -f1';
    const before = await say(node, swaps);
    expect(before).not.toBe('');
    await through({ node, phase: 'swap' }, {}, async () => {
      expect(await say(node, swaps)).toBe('');
    });
    expect(await say(node, swaps)).toBe(before);
  });

  it('loads modules and sets what the kernel does', async () => {
    const modules = { modules: ['br_netfilter', 'vxlan'] };
    await through({ node: 'clean', phase: 'kernel-modules' }, modules, async () => {
      expect(await say('clean', 'lsmod')).toContain('br_netfilter');
    });
    const values = { values: { 'net.ipv4.ip_forward': '1', 'vm.swappiness': '7' } };
    await through({ node: 'clean', phase: 'sysctl' }, values, async () => {
      expect(await say('clean', 'sysctl -n net.ipv4.ip_forward vm.swappiness')).toBe('1\n7');
    });
  });

  it('gives a clone an id and host keys of its own, expected before they are shown', async () => {
    const was = await say('twin-1', 'cat /etc/machine-id');
    const id = () => say('twin-2', 'cat /etc/machine-id');
    expect(await id()).toBe(was);
    await through({ node: 'twin-2', phase: 'machine-id' }, { was }, async () => {
      expect(await id()).toMatch(/^(?!.*twin)[0-9a-f]{32}$/);
      expect(await id()).not.toBe(was);
    });
    const blobs = async (node: string) =>
      (await say(node, 'cat /etc/ssh/ssh_host_*_key.pub'))
        .split('\n')
        .map((line) => line.split(' ')[1] ?? '');
    const shared = await blobs('twin-1');
    await through({ node: 'twin-2', phase: 'host-keys' }, { was: shared }, async () => {
      const now = await blobs('twin-2');
      expect(now.filter((blob) => shared.includes(blob))).toEqual([]);
      expect(expected.map(({ blob }) => blob)).toEqual(now);
      expect(await say('twin-2', 'sshd -t; ls -ld /var/lib/rackhelm/host-keys-*')).toMatch(
        /^drwx------ .* root root /,
      );
    });
    expect(await blobs('twin-2')).toEqual(shared);
  });

  it('lets a key in, and then no password', async () => {
    const key = await say('debian', 'cat /home/deploy/.ssh/authorized_keys | head -1');
    const { blob, user } = { blob: key.split(' ')[1] ?? '', user: 'viewer' as const };
    const ours = `ssh-ed25519 ${blob} rackhelm`;
    const home = rack().account(user).user;
    await through(
      { node: 'debian', user: 'deploy', phase: 'ssh-key' },
      { user: home, key: ours },
      async () => {
        expect(await say('debian', `stat -c '%a %U' ~${home}/.ssh/authorized_keys`)).toBe(
          `600 ${home}`,
        );
      },
    );
    // As most systems come: with passwords, and without the exceptions that the rack makes for itself.
    const config = '/etc/ssh/sshd_config';
    await say(
      'debian',
      `cp ${config} /run/kept; sed -i 's/^PasswordAuthentication no/PasswordAuthentication yes/' ${config}; systemctl reload ssh`,
    );
    const deploy = rack().account('deploy').user;
    await through({ node: 'debian', phase: 'ssh-password-login' }, { user: deploy }, async () => {
      expect(await say('debian', 'sshd -T | grep -i ^passwordauthentication')).toMatch(/ no$/i);
    });
    await say('debian', `cat /run/kept >${config}; rm /run/kept; systemctl reload ssh`);
  });

  it('says that a machine does not reach its package sources, before it changes anything', async () => {
    const machine = await open('debian', 'deploy');
    try {
      const phase = phaseOf('packages', 'deploy', 'debian');
      const params = phase.params.parse({ packages: ['bash', 'rackhelm-nonesuch'] });
      const context = contextOf(machine, []);
      expect(await phase.probe(context, params)).toMatchObject({ standing: 'partly' });
      await expect(phase.save(context, params)).rejects.toMatchObject({
        code: expect.stringMatching(/^PACKAGE/),
      });
    } finally {
      await machine.release();
    }
  });
});

/**
 * Settings, and whatever of ours might lie about. Not the accounts: a node sees this computer's through its
 * layers, and tests of logins that run beside make some.
 */
async function picture(rack: Rack, node: string): Promise<string> {
  const accounts = '/etc/(passwd|group|shadow|gshadow|subuid|subgid)(-|[+]|[.]lock|[.][0-9]+)?$';
  const { stdout } = await rack
    .node(node)
    .exec(
      `find /etc /boot /root /home -xdev -type f ! -name mtab ! -name "*.cache" -exec sha256sum {} + 2>/dev/null | grep -vE '${accounts}' | sort -k2; find /etc/ssh /root /home -xdev -exec stat -c "%n %a %u %g" {} + | sort; ls -d /var/lib/rackhelm/* 2>/dev/null; ls /tmp | grep rackhelm; hostname; lsmod 2>/dev/null`,
    );
  return stdout;
}
