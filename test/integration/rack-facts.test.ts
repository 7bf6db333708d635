import { beforeAll, expect, it, vi } from 'vitest';
import type { Facts } from '../../shared/model/facts.ts';
import { describeRack } from '../rack/index.ts';
import { factsOf, statuses, told } from './rack/login.ts';
import { withClient } from './sshd/index.ts';

vi.setConfig({ testTimeout: 60_000 });

const mebibyte = 1024 ** 2;

describeRack('the facts of the seed rack are true:', 'seed', (rack) => {
  const all = new Map<string, Facts>();
  const of = (name: string): Facts => {
    const facts = all.get(name);
    if (!facts) throw new Error(`No facts of ${name} were read.`);
    return facts;
  };
  /** What the node itself prints, beside SSH and our script. */
  const printed = async (name: string, command: string) =>
    (await rack().node(name).exec(command)).stdout.trim();
  const listening = (name: string) =>
    told(of(name), 'listeningPorts').map(({ port, process }) => `${port} ${process}`);

  beforeAll(async () => {
    await withClient({ configFile: rack().sshConfigFile }, (client) =>
      Promise.all(
        rack().nodes.map(async ({ name }) => {
          const connection = await client.pool.connect({ host: name }, client.options());
          all.set(name, await factsOf(connection));
        }),
      ),
    );
  });

  it('every machine tells its name, and no section fails', () => {
    for (const { name } of rack().nodes) {
      expect(told(of(name), 'hostname')).toEqual({
        hostname: name,
        fqdn: `${name}.rack.home.arpa`,
      });
      const failed = Object.entries(statuses(of(name))).filter(([, status]) => status === 'failed');
      expect(failed, name).toEqual([]);
    }
  });

  it('every machine tells its own id, addresses, MACs and MTUs', async () => {
    for (const { name, addresses, spec } of rack().nodes) {
      expect(told(of(name), 'machineId').machineId).toBe(
        await printed(name, 'cat /etc/machine-id'),
      );
      const interfaces = told(of(name), 'interfaces');
      for (const leg of spec.legs) {
        const found = interfaces.find((one) => one.name === leg.interface);
        const mac = await printed(name, `cat /sys/class/net/${leg.interface}/address`);
        expect(found, `${name} ${leg.interface}`).toMatchObject({
          mac,
          mtu: leg.network === 'storage' ? 9000 : 1500,
          operState: 'up',
        });
        const { ipv4, ipv6 } = addresses[leg.network] ?? {};
        const told4and6 = found?.addresses.map(({ address }) => address);
        expect(told4and6).toEqual(expect.arrayContaining([`${ipv4}/24`, `${ipv6}/64`]));
      }
    }
  });

  it.each([
    ['pi-1', 'Raspberry Pi 5 Model B Rev 1.0', 'Cortex-A76', 8_247_248],
    ['pi-2', 'Raspberry Pi 4 Model B Rev 1.4', 'Cortex-A72', 3_885_396],
    ['pi-3', 'Raspberry Pi 4 Model B Rev 1.4', 'Cortex-A72', 3_885_396],
  ])('%s is a %s with %s', async (name, model, processor, kibibytes) => {
    const serial = await printed(name, "tr -d '\\0' </sys/firmware/devicetree/base/serial-number");
    const maker = 'Raspberry Pi';
    expect(told(of(name), 'model')).toEqual({
      manufacturer: maker,
      model,
      serial,
      source: 'device-tree',
    });
    expect(told(of(name), 'kernel')).toMatchObject({
      architecture: 'aarch64',
      release: expect.stringContaining('+rpt-rpi-'),
    });
    expect(told(of(name), 'cpu')).toMatchObject({ model: processor, cores: 4, threads: 4 });
    expect(told(of(name), 'memory').totalBytes).toBe(kibibytes * 1024);
  });

  it('only the Pi without the flags on its kernel command line lacks the memory controller', () => {
    const controllers = ['pi-1', 'pi-2', 'pi-3'].map((name) => told(of(name), 'cgroup'));
    expect(controllers).toEqual([
      { version: 'v2', memoryController: true },
      { version: 'v2', memoryController: true },
      { version: 'v2', memoryController: false },
    ]);
  });

  it.each(['worker-1', 'worker-2', 'router', 'nas', 'gpu', 'jump', 'db-1'])(
    '%s tells the maker, the model and the serial number of its firmware',
    async (name) => {
      const dmi = (field: string) => printed(name, `cat /sys/class/dmi/id/${field}`);
      expect(told(of(name), 'model')).toEqual({
        manufacturer: await dmi('sys_vendor'),
        model: await dmi('product_name'),
        serial: await dmi('product_serial'),
        source: 'dmi',
      });
    },
  );

  it('alpine tells by busybox what the others tell by their tools', async () => {
    expect(await printed('alpine', 'readlink -f /usr/bin/ip')).toMatch(/busybox$/);
    expect(told(of('alpine'), 'os')).toMatchObject({
      id: 'alpine',
      prettyName: 'Alpine Linux v3.20',
    });
    expect(told(of('alpine'), 'routes')).toContainEqual(
      expect.objectContaining({
        destination: 'default',
        gateway: rack().node('router').addresses.management?.ipv4,
        interface: 'eth0',
      }),
    );
    expect(told(of('alpine'), 'listeningPorts')).toContainEqual(
      expect.objectContaining({ protocol: 'tcp', port: 22 }),
    );
    expect(of('alpine').sections.containers.status).toBe('absent');
  });

  it('nas has its 8 TiB, and no file of the kernel counts as a file system', () => {
    const disks = told(of('nas'), 'fileSystems');
    expect(disks.map(({ mountPoint }) => mountPoint).sort()).toEqual(['/', '/srv/tank']);
    const tank = disks.find(({ mountPoint }) => mountPoint === '/srv/tank');
    expect(tank?.type).toBe('ext4');
    expect((tank?.sizeBytes ?? 0) / 1024 ** 4).toBeCloseTo(8, 1);
  });

  it('gpu has an RTX 3090 under load and a Docker Engine that runs', async () => {
    expect(told(of('gpu'), 'gpus')).toEqual([
      {
        index: 0,
        uuid: await printed('gpu', 'nvidia-smi --query-gpu=uuid --format=csv,noheader'),
        name: 'NVIDIA GeForce RTX 3090',
        driverVersion: '550.163.01',
        memoryTotalBytes: 24_576 * mebibyte,
        memoryUsedBytes: 17_862 * mebibyte,
        temperatureC: 64,
        utilizationPercent: 87,
        powerDrawW: 312.47,
        powerLimitW: 350,
        throttleReasons: expect.stringMatching(/\w/),
      },
    ]);
    const version = await printed('gpu', "docker version --format '{{.Server.Version}}'");
    expect(told(of('gpu'), 'containers')).toContainEqual({
      engine: 'docker',
      version,
      running: true,
      containers: [expect.objectContaining({ name: 'model', image: 'demo-model:1.0' })],
    });
    expect(told(of('gpu'), 'interfaces')).toContainEqual(
      expect.objectContaining({ name: 'docker0', kind: 'bridge' }),
    );
    for (const name of ['pi-1', 'worker-1', 'nas']) {
      expect(of(name).sections.gpus.status).toBe('absent');
    }
  });

  it('router has a leg on each network, and no gateway', () => {
    const names = told(of('router'), 'interfaces').map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['mgmt0', 'stor0', 'ingr0', 'intl0']));
    const destinations = told(of('router'), 'routes').map(({ destination }) => destination);
    expect(destinations).not.toContain('default');
    expect(listening('router')).toContain('53 dnsmasq');
  });

  it.each([
    ['db-1', '5432 postgres'],
    ['worker-2', '6379 redis-server'],
    ['worker-1', '80 nginx'],
  ])('%s listens with %s, and nobody else does', (name, service) => {
    expect(listening(name)).toContain(service);
    for (const other of rack().nodes) {
      if (other.name !== name) expect(listening(other.name)).not.toContain(service);
    }
  });

  it('the switch is the neighbour of each leg where lldpd runs, and of no other machine', async () => {
    for (const { name, spec } of rack().nodes) {
      const { lldp } = of(name).sections;
      if (!spec.services.includes('lldpd')) expect(lldp.status, name).toBe('absent');
    }
    // The switch speaks every 5 s, so a rack that has just started may not know it yet.
    await withClient({ configFile: rack().sshConfigFile }, async (client) => {
      const connection = await client.pool.connect({ host: 'worker-1' }, client.options());
      await vi.waitFor(
        async () => {
          const lldp = told(await factsOf(connection), 'lldp');
          expect(lldp.map((one) => one.interface).sort()).toEqual(['enp1s0', 'enp2s0', 'enp3s0']);
          for (const neighbour of lldp) expect(neighbour.chassisName).toBe('sw-1');
        },
        { timeout: 12_000, interval: 500 },
      );
    });
  });
});
