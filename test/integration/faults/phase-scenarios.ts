import type { Rack } from '../../rack/index.ts';
import type { NodeScenario } from '../kill/node-scenario.ts';
import { nodeScenarios } from '../kill/node-scenarios.ts';

const node = 'twin-1';
const user = 'deploy';

async function say(rack: Rack, command: string): Promise<void> {
  const { exitCode, stderr } = await rack.node(node).exec(command);
  if (exitCode !== 0) throw new Error(`${node} could not be made ready: ${stderr}`);
}

/** A package source on the node itself: racks reach no other. */
const source = `
set -e
made=/srv/rackhelm-packages
[ ! -e $made/Packages ] || exit 0
mkdir -p $made/tree/DEBIAN $made/tree/usr/share/rackhelm-hello
cat >$made/tree/DEBIAN/control <<END
Package: rackhelm-hello
Version: 1.0
Architecture: all
Maintainer: Nobody <nobody@example.org>
Description: for a test
END
echo hello >$made/tree/usr/share/rackhelm-hello/word
dpkg-deb --root-owner-group --build $made/tree $made/hello.deb >/dev/null
{
  cat $made/tree/DEBIAN/control
  echo "Filename: ./hello.deb"
  echo "Size: $(wc -c <$made/hello.deb)"
  echo "SHA256: $(sha256sum <$made/hello.deb | cut -d ' ' -f 1)"
} >$made/Packages
rm -rf /etc/apt/sources.list /etc/apt/sources.list.d
mkdir /etc/apt/sources.list.d
echo "deb [trusted=yes] file:$made ./" >/etc/apt/sources.list.d/rackhelm-test.list
`;

/** The usual time service, as a program that does nothing, installed and off. */
const timeService = `
set -e
program=/usr/lib/systemd/systemd-timesyncd
[ ! -e $program ] || exit 0
printf '#!/bin/sh\\nexec sleep infinity\\n' >$program
chmod 755 $program
cat >/usr/lib/systemd/system/systemd-timesyncd.service <<END
[Unit]
Description=Network Time Synchronization
[Service]
Type=simple
ExecStart=$program
[Install]
WantedBy=multi-user.target
END
`;

/** Those that the killed host has none for. */
const more: readonly NodeScenario[] = [
  {
    ...{ name: `packages of ${node}`, node, user, phase: 'packages' },
    params: async () => ({ packages: ['rackhelm-hello'] }),
    prepare: (rack) => say(rack, source),
  },
  {
    ...{ name: `time-sync of ${node}`, node, user, phase: 'time-sync' },
    params: async () => ({ servers: ['10.0.0.1'] }),
    prepare: (rack) => say(rack, timeService),
  },
  {
    ...{ name: 'kernel-modules of old-pi', node: 'old-pi', user: 'root', phase: 'kernel-modules' },
    // Not what this computer's kernel may have loaded for others: a node sees its /sys.
    params: async () => ({ modules: ['nbd', 'dm_crypt'] }),
  },
  {
    ...{ name: 'sysctl of old-pi', node: 'old-pi', user: 'root', phase: 'sysctl' },
    params: async () => ({ values: { 'net.ipv4.ip_forward': '1', 'vm.swappiness': '7' } }),
  },
  {
    ...{ name: `reboot of ${node}`, node, user, phase: 'reboot' },
    params: async () => ({ wanted: ['updates'] }),
    prepare: (rack) => say(rack, 'touch /run/reboot-required'),
  },
];

/** One for each phase that a machine is brought in or retired with, the first that there is. */
export const phaseScenarios: readonly NodeScenario[] = [...more, ...nodeScenarios]
  .filter(({ phase }, index, all) => all.findIndex((one) => one.phase === phase) === index)
  .map((scenario) => (scenario.node === 'twin-2' ? onceAsked(scenario) : scenario));

/** What its twin says is asked once: that one may be off when it is asked again. */
function onceAsked(scenario: NodeScenario): NodeScenario {
  let params: ReturnType<NodeScenario['params']> | undefined;
  return {
    ...scenario,
    params(rack, database) {
      params ??= scenario.params(rack, database);
      return params;
    },
  };
}
