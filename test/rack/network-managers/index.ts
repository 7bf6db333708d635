import type { NodeBuild } from '../looks/index.ts';
import { type AddressPair, addressOf, routerHost } from '../networks.ts';
import type { Leg, NetworkManager } from '../node-spec.ts';
import { scriptText } from '../scripts.ts';

export { buildManagerLayers, managerLayer, networkPackages } from './packages.ts';

/** What a manager's files say of one interface. */
interface Interface {
  readonly name: string;
  readonly own: AddressPair;
  /** Null where the default route is not by this interface. */
  readonly router: AddressPair | null;
}

interface Manager {
  /** The unit under which `systemctl` knows it, and its script. */
  readonly unit: string;
  readonly script: string;
  write(build: NodeBuild, interfaces: readonly Interface[]): void;
  /** Shell lines before it starts at boot. */
  readonly before?: readonly string[];
}

const managers: Readonly<Record<NetworkManager, Manager>> = {
  ifupdown: {
    unit: 'networking',
    script: 'unit-ifupdown.sh',
    write: ({ files }, interfaces) => {
      files.directory('etc/network/interfaces.d');
      files.write('etc/network/interfaces', ifupdownText(interfaces));
    },
  },
  netplan: {
    unit: 'systemd-networkd',
    script: 'unit-networkd.sh',
    write: ({ files }, interfaces) => {
      files.write('etc/netplan/50-cloud-init.yaml', netplanText(interfaces), { mode: 0o600 });
      // No udev runs in a namespace: `netplan apply` asks it to rename links, which have their names.
      files.program('usr/bin/udevadm', 'exit 0');
    },
    // netplan finds its library by the linker's table, which knows the packages of this computer only.
    before: ['ldconfig', 'netplan generate'],
  },
  networkd: {
    unit: 'systemd-networkd',
    script: 'unit-networkd.sh',
    write: ({ files }, interfaces) => {
      for (const one of interfaces)
        files.write(`etc/systemd/network/10-${one.name}.network`, networkdText(one));
    },
  },
  NetworkManager: {
    unit: 'NetworkManager',
    script: 'unit-networkmanager.sh',
    write: ({ files, machineId }, interfaces) =>
      interfaces.forEach((one, index) => {
        const id = `Wired connection ${index + 1}`;
        const uuid = `${machineId.slice(0, 8)}-0000-4000-8000-00000000000${index + 1}`;
        const name = `etc/NetworkManager/system-connections/${id}.nmconnection`;
        files.write(name, networkManagerText(one, { id, uuid }), { mode: 0o600 });
      }),
  },
  dhcpcd: {
    unit: 'dhcpcd',
    script: 'unit-dhcpcd.sh',
    write: ({ files }, interfaces) => files.write('etc/dhcpcd.conf', dhcpcdText(interfaces)),
  },
};

/** The node's own network configuration and the manager that puts it into effect at each boot. */
export function writeNetworkManager(build: NodeBuild): void {
  const { spec, files } = build;
  if (!spec.networkManager) return;
  const manager = managers[spec.networkManager];
  manager.write(
    build,
    spec.legs.map((leg) => interfaceOf(build, leg)),
  );
  const unit = `usr/lib/rack/units/${manager.unit}`;
  files.write(unit, scriptText(manager.script), { mode: 0o755 });
  // A machine whose network configuration is broken boots all the same.
  files.startStep('10-network', ...(manager.before ?? []), `/${unit} start`, 'true');
}

function interfaceOf({ slot, spec }: NodeBuild, leg: Leg): Interface {
  return {
    name: leg.interface,
    own: addressOf(slot, leg.network, leg.host),
    router: leg.network === spec.gateway ? addressOf(slot, leg.network, routerHost) : null,
  };
}

function ifupdownText(interfaces: readonly Interface[]): string {
  const stanzas = interfaces.map(({ name, own, router }) =>
    [
      `auto ${name}`,
      `iface ${name} inet static`,
      `    address ${own.ipv4}/24`,
      ...(router ? [`    gateway ${router.ipv4}`] : []),
      `iface ${name} inet6 static`,
      `    address ${own.ipv6}/64`,
      ...(router ? [`    gateway ${router.ipv6}`] : []),
      '    dad-attempts 0',
    ].join('\n'),
  );
  const loopback = 'auto lo\niface lo inet loopback';
  return `${['source /etc/network/interfaces.d/*', loopback, ...stanzas].join('\n\n')}\n`;
}

function netplanText(interfaces: readonly Interface[]): string {
  const lines = interfaces.flatMap(({ name, own, router }) => [
    `    ${name}:`,
    '      addresses:',
    `        - ${own.ipv4}/24`,
    `        - "${own.ipv6}/64"`,
    ...(router
      ? [
          '      nameservers:',
          `        addresses: [${router.ipv4}]`,
          '      routes:',
          `        - {to: default, via: ${router.ipv4}}`,
          `        - {to: default, via: "${router.ipv6}"}`,
        ]
      : []),
  ]);
  return `${['network:', '  version: 2', '  ethernets:', ...lines].join('\n')}\n`;
}

function networkdText({ name, own, router }: Interface): string {
  return [
    `[Match]\nName=${name}\n`,
    `[Network]\nAddress=${own.ipv4}/24\nAddress=${own.ipv6}/64`,
    ...(router ? [`Gateway=${router.ipv4}\nGateway=${router.ipv6}\nDNS=${router.ipv4}`] : []),
    '',
  ].join('\n');
}

function networkManagerText(
  { name, own, router }: Interface,
  { id, uuid }: { readonly id: string; readonly uuid: string },
): string {
  return [
    `[connection]\nid=${id}\nuuid=${uuid}\ntype=ethernet\ninterface-name=${name}\n`,
    `[ipv4]\naddress1=${own.ipv4}/24${router ? `,${router.ipv4}` : ''}`,
    ...(router ? [`dns=${router.ipv4};`] : []),
    'method=manual\n',
    `[ipv6]\naddress1=${own.ipv6}/64${router ? `,${router.ipv6}` : ''}`,
    'method=manual\n',
  ].join('\n');
}

function dhcpcdText(interfaces: readonly Interface[]): string {
  const blocks = interfaces.map(({ name, own, router }) =>
    [
      `interface ${name}`,
      `static ip_address=${own.ipv4}/24`,
      `static ip6_address=${own.ipv6}/64`,
      ...(router ? [`static routers=${router.ipv4}`] : []),
      ...(router ? [`static domain_name_servers=${router.ipv4}`] : []),
    ].join('\n'),
  );
  return `${['hostname\npersistent\nslaac private\nnodev\nnoarp', ...blocks].join('\n\n')}\n`;
}
