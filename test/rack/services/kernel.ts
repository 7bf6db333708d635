import type { NodeBuild } from '../looks/index.ts';
import { scriptText } from '../scripts.ts';

/** Directories of /proc/sys that hold one value for all of this computer's namespaces. */
const shared = ['fs', 'kernel', 'vm'] as const;
/** Below them, what the kernel does keep apart for each node. */
const apart = ['kernel/random', 'kernel/hostname', 'kernel/domainname'] as const;

const modules = [
  ...['br_netfilter', 'overlay', 'vxlan', 'nf_conntrack', 'ip_tables', 'iptable_nat', 'ip_vs'],
  ...['wireguard', '8021q', 'nft_chain_nat', 'xt_comment', 'nbd', 'dm_crypt'],
];
/** In a table of its own there, because the node's look may answer for /proc/swaps and meminfo. */
const stateDirectory = '/run/rack-kernel';
const swapKiB = 524_284;

/**
 * A kernel that seems to be the node's own: sysctls, modules and swap can be set without a change to
 * this computer's, and are forgotten with a restart unless the node's files say so. Nothing is
 * checked as the kernel would: any text can be written to a sysctl.
 */
export function serveKernel(build: NodeBuild): void {
  const { files, spec } = build;
  const state = `$root${stateDirectory}`;
  build.atBoot(
    `mkdir -p "${state}/sys"`,
    ...shared.flatMap((name) => [
      `cp -r "$root/proc/sys/${name}" "${state}/sys/" 2>/dev/null || :`,
      `mkdir -p "$dir/sys-${name}"`,
      `mount --bind "$root/proc/sys/${name}" "$dir/sys-${name}"`,
      `mount --bind "${state}/sys/${name}" "$root/proc/sys/${name}"`,
      ...apart
        .filter((one) => one.startsWith(`${name}/`))
        .map(
          (one) =>
            `mount --rbind "$dir/sys-${name}/${one.slice(name.length + 1)}" "$root/proc/sys/${one}"`,
        ),
      `umount -l "$dir/sys-${name}"`,
    ]),
    // What each boot is known by lay over the directory that was bound anew.
    `mount --bind "$dir/boot-id" "$root/proc/sys/kernel/random/boot_id"`,
    `cat "$root/proc/meminfo" | sed 's/^\\(Swap[TF].*:\\).*/\\1              0 kB/' >"${state}/meminfo"`,
    `printf 'Filename\\t\\t\\t\\tType\\t\\tSize\\t\\tUsed\\t\\tPriority\\n' >"${state}/swaps"`,
    ...['meminfo', 'swaps'].map((name) => `mount --bind "${state}/${name}" "$root/proc/${name}"`),
  );
  for (const name of ['modprobe', 'lsmod', 'rmmod', 'modinfo'])
    files.write(`usr/sbin/${name}`, scriptText('modules.sh'), { mode: 0o755 });
  for (const name of ['swapon', 'swapoff'])
    files.write(`usr/sbin/${name}`, scriptText('swap.sh'), { mode: 0o755 });
  files.write('usr/lib/rack/modules', `${modules.join('\n')}\n`);
  files.startStep(
    '15-kernel',
    // As systemd-modules-load, systemd-sysctl and the swap units do at boot.
    'for file in /etc/modules-load.d/*.conf; do',
    '  [ ! -f "$file" ] || sed "s/[#;].*//" "$file" | while read -r name; do',
    '    [ -z "$name" ] || modprobe "$name"',
    '  done',
    'done',
    'for file in /etc/sysctl.conf /etc/sysctl.d/*.conf; do',
    '  [ ! -f "$file" ] || sysctl -q -e -p "$file"',
    'done',
    'swapon -a',
    '[ ! -e /etc/systemd/system/multi-user.target.wants/dphys-swapfile.service ] || dphys-swapfile swapon',
    'true',
  );
  if (spec.swap) writeSwap(build);
}

function writeSwap({ files, spec }: NodeBuild): void {
  if (spec.look !== 'pi-4' && spec.look !== 'pi-5') {
    files.write(
      'etc/fstab',
      'UUID=5f2d /    ext4 errors=remount-ro 0 1\n/swap.img none swap sw 0 0\n',
    );
    files.write('swap.img', `${swapKiB}\n`, { mode: 0o600 });
    return;
  }
  const unit = 'dphys-swapfile.service';
  files.write('etc/dphys-swapfile', '#CONF_SWAPFILE=/var/swap\nCONF_SWAPSIZE=512\n');
  files.write('var/swap', `${swapKiB}\n`, { mode: 0o600 });
  files.write('usr/sbin/dphys-swapfile', scriptText('dphys-swapfile.sh'), { mode: 0o755 });
  files.write('usr/lib/rack/units/dphys-swapfile', scriptText('unit-swap.sh'), { mode: 0o755 });
  files.write(`usr/lib/systemd/system/${unit}`, '[Unit]\nDescription=dphys-swapfile\n');
  files.link(`etc/systemd/system/multi-user.target.wants/${unit}`, `/lib/systemd/system/${unit}`);
}
