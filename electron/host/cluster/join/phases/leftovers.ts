import { quote } from '../../../connections/ssh/index.ts';
import type { Command } from '../../../engine/phases/index.ts';

/**
 * Ends what K3s leaves running when it is stopped: containers go on without it. Only what is K3s's own is
 * touched: its shims, the groups of its pods, its mounts, its links, its rules of the firewall. Runs twice
 * as well as once; POSIX sh. A process outside of our own namespace reads as 0, which kill takes for itself.
 */
export const endPodsCommand: Command = {
  command: [
    'ours() { for p in /proc/[0-9]*; do case $(readlink $p/exe 2>/dev/null) in /var/lib/rancher/k3s/data/*/bin/*) echo "$p" | cut -d / -f 3 ;; esac; done; }',
    'pods() { find /sys/fs/cgroup -path "*kubepods*" -name cgroup.procs -exec cat {} + 2>/dev/null | grep -v "^0$"; }',
    'for n in 1 2 3; do all="$(ours) $(pods)"; [ -z "$(echo $all)" ] || kill -9 $all 2>/dev/null; done',
    "for m in $(cut -d ' ' -f 2 /proc/mounts | grep -E '^(/run/k3s|/var/lib/rancher/k3s|/var/lib/kubelet/pods|/run/netns/cni-)' | sort -r); do umount -l \"$m\" 2>/dev/null; done",
    'for l in cni0 flannel.1 flannel-v6.1 flannel-wg flannel-wg-v6 kube-ipvs0; do ip link delete "$l" 2>/dev/null; done',
    'for t in iptables ip6tables; do command -v $t-save >/dev/null || continue; $t-save | grep -v -e KUBE- -e CNI- -e flannel | $t-restore 2>/dev/null; done',
    // Empty by now; one that still holds a process stays, and the next try takes it.
    'find /sys/fs/cgroup -depth -type d -path "*kubepods*" -exec rmdir {} + 2>/dev/null',
    'true',
  ].join('\n'),
  says: 'Ends its pods, and takes its mounts, links, groups and firewall rules away.',
  timeoutMs: 120_000,
};

/** Folders that K3s fills; those that were not there before go with it. */
export const k3sFolders = [
  '/var/lib/rancher/k3s',
  '/var/lib/kubelet',
  '/etc/rancher/node',
  '/run/k3s',
  '/run/flannel',
  '/etc/cni/net.d',
  '/var/lib/cni',
  '/var/log/pods',
  '/var/log/containers',
] as const;

/**
 * As words of a shell, from the outside to the inside. Whatever of it was there before is kept: a folder of
 * images may have been laid down in the midst of it.
 */
const places = [
  '/var/lib/rancher',
  ...k3sFolders,
  '/var/lib/rancher/k3s/*',
  '/var/lib/rancher/k3s/agent/*',
  '/etc/rancher/k3s/k3s.yaml',
].join(' ');

/** For a look: which of it is there. */
export const placesAsked = `for d in ${places}; do [ -e "$d" ] && echo "$d"; done; true`;

/** Deletes all of it but what is kept; POSIX sh. */
export function deletePlacesCommand(kept: readonly string[]): Command {
  const known = ['', ...kept, ''].join('\n');
  return {
    command: [
      `kept=${quote(known)}`,
      `for d in ${places}; do`,
      '[ -e "$d" ] || continue',
      'case $kept in *"\n$d\n"*) ;; *) rm -rf "$d" || failed=yes ;; esac',
      'done',
      '[ -z "$failed" ]',
    ].join('\n'),
    says: 'Deletes what K3s has made here; what was there before it stays.',
    timeoutMs: 300_000,
  };
}
