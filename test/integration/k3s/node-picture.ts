import type { Rack } from '../../rack/index.ts';
import { differences, diskOf, type NodeTruth, stateOf } from '../kill/node-truth.ts';

const looks: Readonly<Record<string, string>> = {
  links: 'ip -o link | cut -d: -f2 | cut -d@ -f1 | sort',
  mounts: "cut -d' ' -f2 /proc/mounts | sort",
  // Tables without a rule are as good as none.
  firewall: 'iptables-save | grep ^-A',
  groups: 'find /sys/fs/cgroup -name "*kubepods*" -o -name "*k8s*" | sort',
  services:
    'systemctl is-enabled k3s k3s-agent; systemctl is-active k3s k3s-agent; ls /etc/systemd/system/multi-user.target.wants',
  ports: "ss -Hltn | awk '{ print $4 }' | sort",
};

/** K3s loads modules and lets packages pass on, which does no harm and ends with the next boot. */
const stays = /^state (modules|kernel)$/;

/** All that a join may change on a machine: its disk, its processes, its network, its groups and mounts. */
export async function pictureOf(rack: Rack, node: string): Promise<NodeTruth> {
  const parts = await Promise.all(
    Object.entries(looks).map(async ([name, look]) => {
      const { stdout } = await rack.node(node).exec(`${look} 2>/dev/null`);
      return [`state ${name}`, stdout.trim()] as const;
    }),
  );
  const all = [...diskOf(rack, node), ...(await stateOf(rack, node)), ...parts];
  return new Map(all.filter(([name]) => !stays.test(name)));
}

/** Once it stays as it is: right after it was cleaned up, commands of a moment still run there. */
export async function steadyPictureOf(rack: Rack, node: string): Promise<NodeTruth> {
  let picture = await pictureOf(rack, node);
  for (let looks = 0; looks < 10; looks += 1) {
    const next = await pictureOf(rack, node);
    if (differences(picture, next).length === 0) return next;
    picture = next;
  }
  throw new Error(`The node ${node} does not come to rest.`);
}

/** What is otherwise than it was. */
export async function changedSince(
  before: NodeTruth,
  rack: Rack,
  node: string,
): Promise<readonly string[]> {
  return differences(before, await pictureOf(rack, node));
}
