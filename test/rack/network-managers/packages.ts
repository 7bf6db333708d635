import { mustRun } from '../command.ts';
import type { NetworkManager, NodeSpec } from '../node-spec.ts';
import type { RackState } from '../state.ts';
import { unpackedPackage } from '../unpacked-packages.ts';

/** A Debian package, or the files of it that a node is to have. */
interface Part {
  readonly package: string;
  readonly only?: readonly string[];
}

const whole = (...names: readonly string[]): readonly Part[] =>
  names.map((name) => ({ package: name }));

const bus = whole('dbus-daemon', 'dbus-bin', 'dbus-system-bus-common', 'libdbus-1-3');

const networkd: readonly Part[] = [
  ...bus,
  ...whole('libsystemd-shared'),
  {
    package: 'systemd',
    only: [
      'usr/bin/networkctl',
      'usr/lib/systemd/systemd-networkd',
      'usr/share/dbus-1/system.d/org.freedesktop.network1.conf',
    ],
  },
];

const parts: Readonly<Record<NetworkManager, readonly Part[]>> = {
  ifupdown: whole('ifupdown'),
  networkd,
  netplan: [
    ...networkd,
    ...whole('netplan.io', 'libnetplan0', 'libyaml-0-2'),
    ...whole('python3-yaml', 'python3-dbus', 'python3-netifaces', 'python3-rich'),
    ...whole('python3-markdown-it', 'python3-mdurl', 'python3-pygments'),
  ],
  NetworkManager: [
    ...bus,
    ...whole('network-manager', 'libnm0', 'libndp0', 'libteamdctl0', 'libmm-glib0'),
    ...whole('libbluetooth3', 'libnewt0.52', 'libslang2', 'libjansson4'),
  ],
  dhcpcd: whole('dhcpcd-base'),
};

function managersOf(specs: readonly NodeSpec[]): readonly NetworkManager[] {
  return [...new Set(specs.flatMap((spec) => spec.networkManager ?? []))];
}

/** The packages that must be unpacked for these nodes, each once. */
export function networkPackages(specs: readonly NodeSpec[]): readonly string[] {
  const names = managersOf(specs).flatMap((manager) => parts[manager].map((part) => part.package));
  return [...new Set(names)];
}

/** The layer with the programs of a network manager, for the nodes that have it. */
export function managerLayer(state: RackState, manager: NetworkManager): string {
  return state.path('base', 'layers', manager);
}

/** Copied into memory, since a layer must not lie inside the root file system below it. */
export async function buildManagerLayers(
  state: RackState,
  specs: readonly NodeSpec[],
): Promise<void> {
  await Promise.all(
    managersOf(specs).map(async (manager) => {
      const layer = managerLayer(state, manager);
      const all = parts[manager].filter((part) => !part.only);
      const sources = all.map((part) => `${unpackedPackage(part.package)}/.`);
      await mustRun('mkdir', ['-p', layer]);
      await mustRun('cp', ['-a', ...sources, layer]);
      for (const { package: name, only } of parts[manager]) {
        const copy = 'cd "$1" && shift && exec cp -a --parents "$@"';
        if (only) await mustRun('sh', ['-c', copy, 'sh', unpackedPackage(name), ...only, layer]);
      }
    }),
  );
}
