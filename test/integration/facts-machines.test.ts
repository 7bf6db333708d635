import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { collectFacts } from '../../electron/host/facts/index.ts';
import { findInstallation } from '../../electron/host/installation.ts';
import { readRemoteScript } from '../../electron/host/remote-script.ts';
import { type Facts, factsSchema } from '../../shared/model/facts.ts';
import { LocalShell } from './facts-local-shell.ts';
import { describeWith } from './sshd/index.ts';

const script = readRemoteScript(findInstallation(import.meta.dirname).resourcesDirectory, 'facts');
const temporary: string[] = [];

afterEach(() => {
  for (const path of temporary.splice(0)) rmSync(path, { recursive: true, force: true });
});

async function collect(
  interpreter: readonly string[],
  env?: Record<string, string>,
): Promise<Facts> {
  const shell = new LocalShell({ interpreter, ...(env ? { env } : {}) });
  const facts = await collectFacts(shell, { script, signal: new AbortController().signal });
  expect(factsSchema.safeParse(facts).success).toBe(true);
  return facts;
}

/** Runs the script inside namespaces of its own, after `setup`. */
function inside(namespaces: readonly string[], setup: string, shell: string): string[] {
  return [
    'unshare',
    ...namespaces,
    '--propagation',
    'private',
    'sh',
    '-ec',
    `${setup}\nexec ${shell} "$@"`,
    'sh',
  ];
}

/** A network of its own, so that nothing else on this computer changes it meanwhile. */
const network = `
mount -t sysfs none /sys
ip link set lo up
ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
ip link add br0 address 02:00:00:00:00:03 type bridge
ip link set v0 master br0
ip tuntap add dev tun7 mode tun
ip addr add 10.9.0.1/24 dev br0
ip addr add fd00:9::1/64 dev br0 nodad
ip link set br0 up
ip link set v0 up
ip link set v1 up
ip route add default via 10.9.0.254
ip -6 route add unreachable fd00:dead::/48
# Link-local addresses are tentative at first.
sleep 2`;

/** A root directory with a static busybox and nothing but these names for it. */
function busyboxRoot(applets: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'rackhelm-root-'));
  temporary.push(root);
  for (const directory of ['bin', 'dev', 'proc', 'sys', 'etc']) mkdirSync(join(root, directory));
  copyFileSync('/bin/busybox', join(root, 'bin/busybox'));
  chmodSync(join(root, 'bin/busybox'), 0o755);
  for (const applet of ['sh', ...applets]) symlinkSync('busybox', join(root, 'bin', applet));
  writeFileSync(join(root, 'dev/null'), '');
  return root;
}

function chrooted(root: string, mounts: readonly string[]): string[] {
  const binds = mounts.map((path) => `mount --rbind ${path} ${root}${path}`).join('\n');
  const setup = `${network}\nmount --bind /dev/null ${root}/dev/null\n${binds}`;
  return inside(['--mount', '--net'], setup, `chroot ${root} /bin/sh`);
}

function statuses(facts: Facts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(facts.sections).map(([name, { status }]) => [name, status]),
  );
}

describeWith(['root'], 'a machine with nothing but busybox', () => {
  it('tells by busybox ip, df and /sys what iproute2 and lsblk would tell', async () => {
    const facts = await collect(chrooted(busyboxRoot([]), ['/proc', '/sys']), {});
    expect(facts.sections.hostname).toMatchObject({ data: { hostname: hostname() } });
    expect(facts.sections.kernel).toMatchObject({ data: { release: release() } });
    const own = await collect(inside(['--mount', '--net'], network, 'dash'));
    if (own.sections.interfaces.status !== 'ok') throw new Error('no interfaces here');
    const expected = own.sections.interfaces.data.map(({ addresses, ...rest }) => ({
      ...rest,
      operState: expect.any(String),
      addresses: addresses.map(({ address }) => expect.objectContaining({ address })),
    }));
    expect(facts.sections.interfaces).toMatchObject({ status: 'ok', data: expected });
    expect(facts.sections.routes).toMatchObject({ status: 'ok' });
    const disks = own.sections.blockDevices;
    expect(facts.sections.blockDevices).toMatchObject(disks);
    expect(statuses(facts)).toMatchObject({
      memory: 'ok',
      cpu: 'ok',
      load: 'ok',
      listeningPorts: 'ok',
      time: 'ok',
      os: 'failed',
    });
  });

  it('tells addresses and routes from /proc where there is no ip and no ifconfig', async () => {
    const root = busyboxRoot(['cat', 'grep']);
    // busybox runs its own applets by itself: dash does not.
    copyFileSync('/bin/dash', join(root, 'bin/dash'));
    const binds = ['/lib', '/lib64', '/usr/lib'].filter((path) => existsSync(path));
    for (const path of binds) mkdirSync(join(root, path), { recursive: true });
    const interpreter = chrooted(root, ['/proc', '/sys', ...binds]).map((word) =>
      word.replace('/bin/sh "$@"', '/bin/dash "$@"'),
    );
    const facts = await collect(interpreter, {});
    const own = await collect(inside(['--mount', '--net'], network, 'dash'));
    if (own.sections.interfaces.status !== 'ok') throw new Error('no interfaces here');
    const addresses = (of: Facts) =>
      of.sections.interfaces.status === 'ok'
        ? of.sections.interfaces.data
            .flatMap((link) => link.addresses.map(({ address }) => `${link.name} ${address}`))
            .sort()
        : [];
    expect(addresses(facts)).toEqual(addresses(own));
    const ways = (of: Facts) =>
      of.sections.routes.status === 'ok'
        ? of.sections.routes.data
            .map((route) => `${route.destination} ${route.gateway} ${route.interface}`)
            .sort()
        : [];
    expect(ways(facts)).toEqual(ways(own));
    expect(facts.sections.time.status).toBe('failed');
    expect(facts.sections.kernel).toMatchObject({ status: 'ok', data: { release: release() } });
  });

  it('answers with reasons where even /proc, /sys and all applets are missing', async () => {
    const facts = await collect(chrooted(busyboxRoot(['ls']), []), {});
    const failing = Object.values(facts.sections).filter(({ status }) => status !== 'ok');
    expect(failing.length).toBeGreaterThan(14);
    for (const section of failing) {
      if (section.status !== 'ok') expect(section.reason).toMatch(/\.$|: /);
    }
  });
});

describeWith(['root'], 'a machine that means harm', () => {
  const name = 'a`id>/tmp/rackhelm-pwned`$(touch /tmp/rackhelm-pwned);\u001b[31m"\'x';
  it('is called what it calls itself, without control characters, and nothing is run', async () => {
    const set = 'printf %s "$EVIL" >/proc/sys/kernel/hostname';
    const facts = await collect(inside(['--uts', '--mount'], set, 'dash'), {
      ...process.env,
      EVIL: name,
    } as Record<string, string>);
    // The kernel keeps 64 characters; ESC is gone, the rest is data.
    const expected = name.slice(0, 64).replace('\u001b', '');
    expect(facts.sections.hostname).toMatchObject({ data: { hostname: expected } });
    expect(existsSync('/tmp/rackhelm-pwned')).toBe(false);
  });
});

describeWith(['root'], 'interfaces of several kinds', () => {
  const expected = expect.arrayContaining([
    expect.objectContaining({ name: 'lo', kind: 'loopback', mac: null }),
    expect.objectContaining({ name: 'v0', kind: 'veth', master: 'br0', parent: null }),
    expect.objectContaining({ name: 'v1', kind: 'veth', master: null }),
    expect.objectContaining({ name: 'tun7', kind: 'tun', mac: null }),
    expect.objectContaining({
      name: 'br0',
      kind: 'bridge',
      addresses: expect.arrayContaining([expect.objectContaining({ address: '10.9.0.1/24' })]),
    }),
  ]);
  const shells: readonly (readonly [string, string])[] = [
    ['iproute2', 'dash'],
    ['busybox ip', 'busybox ash'],
  ];
  it.each(shells)('are told apart by %s', async (_, shell) => {
    const facts = await collect(inside(['--net', '--mount'], network, shell));
    expect(facts.sections.interfaces).toMatchObject({ status: 'ok', data: expected });
  });
});

describeWith(['root'], 'a machine with 1,200 interfaces', () => {
  // Up, so that each has an address of IPv6 as well.
  const many = `
mount -t sysfs none /sys
i=0
while [ "$i" -lt 600 ]; do
  echo "link add a$i type veth peer name b$i"
  echo "addr add 10.$((100 + i / 250)).$((i % 250)).1/24 dev a$i"
  echo "link set a$i up"
  echo "link set b$i up"
  i=$((i + 1))
done | ip -batch -
ip route add default via 10.100.0.254`;

  it.each(['dash', 'bash', 'bash --posix', 'busybox ash'])(
    'tells them all, and what comes after them, under %s',
    async (shell) => {
      const { sections } = await collect(inside(['--net', '--mount'], many, shell));
      if (sections.interfaces.status !== 'ok') throw new Error(sections.interfaces.reason);
      expect(sections.interfaces.data).toHaveLength(1_201);
      const addresses = new Map(
        sections.interfaces.data.map((link) => [link.name, link.addresses.map((at) => at.address)]),
      );
      expect(addresses.get('a0')).toContain('10.100.0.1/24');
      expect(addresses.get('a599')).toContain('10.102.99.1/24');
      expect(sections.routes).toMatchObject({
        status: 'ok',
        data: expect.arrayContaining([
          expect.objectContaining({ destination: 'default', gateway: '10.100.0.254' }),
        ]),
      });
      expect(sections.listeningPorts.status).toBe('ok');
    },
    30_000,
  );
});

const hasStrace = existsSync('/usr/bin/strace');
if (!hasStrace && process.env.RACKHELM_REQUIRE_ALL === '1')
  throw new Error('strace is not installed');

it.skipIf(!hasStrace)(
  `writes nothing on the machine${hasStrace ? '' : ' (skipped: strace is not installed)'}`,
  () => {
    const directory = mkdtempSync(join(tmpdir(), 'rackhelm-strace-'));
    temporary.push(directory);
    const log = join(directory, 'log');
    const calls =
      'trace=open,openat,creat,mkdir,mkdirat,unlink,unlinkat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,mknod,mknodat,chmod,fchmodat,truncate';
    execFileSync('strace', ['-f', '-qq', '-e', calls, '-o', log, 'dash', '-s', 'abc123'], {
      input: script,
      env: { ...process.env, HOME: directory },
    });
    const writes = readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => !/\bopen(at)?\(/.test(line) || /O_WRONLY|O_RDWR|O_CREAT/.test(line))
      .filter((line) => /\w\(/.test(line) && !/"\/dev\/(null|tty)"/.test(line))
      .filter((line) => !/ = -1 E/.test(line));
    expect(writes).toEqual([]);
  },
);
