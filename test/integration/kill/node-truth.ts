import { createHash } from 'node:crypto';
import { type BigIntStats, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../../electron/host/db/index.ts';
import { evidenceTables } from '../../../electron/host/db/schema.ts';
import { snapshot } from '../../../electron/host/db/snapshot.ts';
import type { Rack } from '../../rack/index.ts';
import { layersOf } from '../../rack/layers.ts';

/** What stands on a node and in the inventory, by what it is about. */
export type NodeTruth = ReadonlyMap<string, string>;

/** What any login leaves, and what services write on their own. */
const noise =
  /^(var\/log|var\/tmp|tmp|run|root\/\.cache|var\/cache|var\/lib\/(apt|dhcp|dhcpcd|NetworkManager|systemd\/(timers|timesync|random-seed)|sudo)|var\/lib\/dpkg\/(.*-old|updates\/tmp\.i)|etc\/resolv\.conf|etc\/mtab)(\/|$)/;

/** What is kept for a job is called by it. */
const anyId = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const anyIds = new RegExp(anyId, 'g');

/** All that differs on the disk from what it was made of, by content, mode and owner. */
export function diskOf(rack: Rack, node: string): NodeTruth {
  const upper = rack.state.path('nodes', node, 'disk', 'upper');
  const layers = layersOf(rack.state, rack.node(node).spec);
  const found = new Map<string, string>();
  const visit = (path: string) => {
    for (const name of readdirSync(join(upper, path))) {
      const inner = path === '' ? name : `${path}/${name}`;
      if (noise.test(inner)) continue;
      const now = entryOf(join(upper, inner));
      const was = layers.map((layer) => entryOf(join(layer, inner))).find((one) => one !== null);
      if (now !== (was ?? 'nothing')) found.set(inner.replace(anyId, 'ID'), now ?? 'nothing');
      if (now?.startsWith('folder')) visit(inner);
    }
  };
  visit('');
  return found;
}

/** Content, mode and owner; null: it is not there, or another layer was asked for it. */
function entryOf(path: string): string | null {
  let stat: BigIntStats;
  try {
    stat = lstatSync(path, { bigint: true });
  } catch {
    return null;
  }
  const { mode, uid, gid } = stat;
  if (stat.isCharacterDevice() && stat.rdev === 0n) return 'nothing';
  const by = `${(mode & 0o7777n).toString(8)} ${uid}:${gid}`;
  if (stat.isDirectory()) return `folder ${by}`;
  if (stat.isSymbolicLink()) return `link ${readlinkSync(path)}`;
  if (!stat.isFile()) return `special ${by}`;
  return `file ${by} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
}

/** What the running system is, beside its disk. */
const looks: Readonly<Record<string, string>> = {
  name: 'hostname',
  addresses: "ip -o addr show scope global | sed 's/ valid_lft.*//;s/\\\\.*//'",
  routes: 'ip -4 route show',
  swaps: 'tail -n +2 /proc/swaps | tr -s "\\t " "  " | cut -d" " -f1,5',
  modules: 'lsmod | cut -d" " -f1 | sort',
  kernel: 'sysctl -n vm.swappiness net.ipv4.ip_forward 2>/dev/null; cat /proc/cmdline',
  memory: 'cat /sys/fs/cgroup/cgroup.controllers',
  settings: 'sshd -T 2>/dev/null | grep -i -E "^(passwordauth|kbdint|permitroot)"',
  daemons:
    "ps -eo comm | grep -v -E '^(ps|exe|sh|sed|sort|grep|sshd.*|sleep|sudo|uniq|nm-dispatcher)$' | sort -u",
  left: 'ls -d /run/*rackhelm* /tmp/*rackhelm* /dev/shm/*rackhelm* /etc/cron.d/*rackhelm* 2>/dev/null',
  waits: 'ls /run/reboot-required 2>/dev/null',
  packages: 'dpkg-query -W "rackhelm-*" 2>/dev/null',
};

export async function stateOf(rack: Rack, node: string): Promise<NodeTruth> {
  const marks = Object.entries(looks).map(([name, look]) => `echo "@@ ${name}"; ${look}`);
  const { stdout } = await rack.node(node).exec(marks.join('\n'));
  const parts = stdout.split(/^@@ /m).slice(1);
  return new Map(
    parts.map((part) => {
      const [name = '', ...lines] = part.trim().split('\n');
      return [`state ${name}`, lines.join('\n')];
    }),
  );
}

/** Every row of the inventory, by how many are the same but for what is made by chance and by the clock. */
export function inventoryOf({ file }: Database): NodeTruth {
  const found = new Map<string, number>();
  for (const [table, rows] of Object.entries(snapshot(file))) {
    for (const row of rows) {
      // What a machine tells of itself is never the same twice.
      const told = evidenceTables.has(table) ? '' : JSON.stringify(row);
      const text = `${table} ${told
        .replaceAll(anyIds, 'ID')
        .replaceAll(/\b1[0-9]{12}\b/g, 'TIME')
        .replaceAll(/"hostname":"[^"]*"/g, '"hostname":"TOLD"')}`;
      found.set(text, (found.get(text) ?? 0) + 1);
    }
  }
  return new Map([...found].map(([text, count]) => [text, String(count)]));
}

/** What stands in one and not so in the other. */
export function differences(a: NodeTruth, b: NodeTruth, byChance?: RegExp): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((key) => {
    const [one, other] = [a.get(key), b.get(key)];
    if (one === other) return [];
    if (one !== undefined && other !== undefined && byChance?.test(key)) return [];
    return [`${key}: ${one ?? '(not there)'} → ${other ?? '(not there)'}`];
  });
}
