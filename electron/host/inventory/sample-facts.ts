import { createHash } from 'node:crypto';
import type { Facts, FactsSections, ObservedInterface } from '../../../shared/model/facts.ts';
import type { SshTarget } from '../../../shared/model/ssh.ts';
import type { Inventory } from './index.ts';

export const ok = <T>(data: T) => ({ status: 'ok' as const, data });

/** For tests: facts of a small healthy machine; sections may be replaced. */
export function sampleFacts(
  sections: Partial<FactsSections> = {},
  collectedAt = 1_750_000_000_000,
): Facts {
  const absent = { status: 'absent' as const, reason: 'There is none.' };
  return {
    collectedAt,
    durationMs: 120,
    sections: {
      hostname: ok({ hostname: 'pi-1', fqdn: null }),
      machineId: ok({ machineId: '0123456789abcdef0123456789abcdef' }),
      os: ok({
        id: 'debian',
        name: 'Debian GNU/Linux',
        version: '13',
        prettyName: 'Debian GNU/Linux 13 (trixie)',
      }),
      kernel: ok({ name: 'Linux', release: '6.12.41', architecture: 'aarch64' }),
      model: ok({
        manufacturer: 'Raspberry Pi Ltd',
        model: 'Raspberry Pi 5 Model B Rev 1.0',
        serial: '10000000abcdef01',
        source: 'device-tree',
      }),
      cpu: ok({ model: 'Cortex-A76', cores: 4, threads: 4, sockets: 1, maxMhz: 2400 }),
      memory: ok({
        totalBytes: 8_320_000_000,
        availableBytes: 7_000_000_000,
        swapTotalBytes: 0,
        swapFreeBytes: 0,
      }),
      blockDevices: ok([]),
      fileSystems: ok([]),
      interfaces: ok([
        observedLink({
          name: 'lo',
          kind: 'loopback',
          mac: null,
          addresses: [address('127.0.0.1/8')],
        }),
        observedLink({ name: 'eth0', addresses: [address('10.0.0.11/24'), address('fe80::1/64')] }),
        observedLink({
          name: 'docker0',
          kind: 'bridge',
          mac: '02:42:00:00:00:01',
          addresses: [address('172.17.0.1/16')],
        }),
        observedLink({
          name: 'veth12ab',
          kind: 'veth',
          mac: '02:42:00:00:00:02',
          master: 'docker0',
        }),
      ]),
      routes: ok([]),
      dns: ok({ servers: [], search: [] }),
      time: ok({ epochSeconds: 1_750_000_000, timezone: 'UTC', synchronized: true, source: null }),
      cgroup: ok({ version: 'v2', memoryController: true }),
      virtualization: ok({ kind: 'none' }),
      containers: ok([]),
      kubernetes: absent,
      gpus: absent,
      lldp: absent,
      listeningPorts: ok([]),
      load: ok({ one: 0.1, five: 0.1, fifteen: 0.1, uptimeSeconds: 1000 }),
      ...sections,
    },
  };
}

export function address(text: string, dynamic: boolean | null = false) {
  const family = text.includes(':') ? ('ipv6' as const) : ('ipv4' as const);
  return { address: text, family, scope: 'global', dynamic };
}

export function observedLink(
  link: Partial<ObservedInterface> & { name: string },
): ObservedInterface {
  return {
    kind: 'ethernet',
    mac: 'd8:3a:dd:00:00:01',
    mtu: 1500,
    operState: 'up',
    speedMbps: 1000,
    vlanId: null,
    parent: null,
    master: null,
    addresses: [],
    ...link,
  };
}

/** For tests: a machine like it that is another one; the name makes its keys. */
export function factsOfMachine(name: string, collectedAt?: number): Facts {
  const digits = createHash('sha256').update(name).digest('hex');
  const mac = `d8:3a:${digits.slice(0, 8).replace(/(..)(?=.)/g, '$1:')}`;
  return sampleFacts(
    {
      hostname: ok({ hostname: name, fqdn: null }),
      machineId: ok({ machineId: digits.slice(0, 32) }),
      model: ok({ manufacturer: null, model: 'Pi', serial: digits.slice(40, 52), source: 'dmi' }),
      interfaces: ok([observedLink({ name: 'eth0', mac })]),
    },
    collectedAt,
  );
}

/** For tests: that machine with these interfaces. */
export const withLinks = (links: readonly ObservedInterface[]) =>
  sampleFacts({ interfaces: ok([...links]) });

export const sampleTarget: SshTarget = {
  host: '10.0.0.11',
  user: 'admin',
  port: 2222,
  jump: ['bastion', 'root@inner:2022'],
};

/** For tests: adds it as a new device and returns its id. */
export function addSampleMachine(
  inventory: Inventory,
  facts: Facts,
  options: { readonly name?: string | undefined; readonly acceptFacts?: boolean | undefined } = {},
): string {
  const { name = 'pi-1', acceptFacts = false } = options;
  const { deviceId } = inventory.addMachine({
    facts,
    target: sampleTarget,
    deviceId: null,
    name,
    kind: 'sbc',
    rackId: null,
    acceptFacts,
    source: 'app',
  });
  return deviceId;
}
