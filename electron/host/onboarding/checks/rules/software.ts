import type { MachineCheck } from '../context.ts';
import type { Preflight } from '../read.ts';
import { byPhase, bySteps, fail, notApplicable, pass, unknown, warn } from '../verdicts.ts';
import { newestKernel } from './kernel-versions.ts';

const group = 'Software';

/** Which files of package managers are locked, and by whom; null where the machine does not tell. */
function heldLocks(
  machine: Preflight,
): readonly { readonly file: string; readonly by: string }[] | null {
  const locks = machine.lines('/proc/locks');
  const part = machine.part('package-locks');
  if (part?.end !== 0) return null;
  const files = new Map(
    part.text.split('\n').flatMap((line) => {
      const told = /^\s*(\d+) (\/\S+)$/.exec(line);
      return told?.[1] && told[2] ? [[told[1], told[2]] as const] : [];
    }),
  );
  // These two are there only while somebody works.
  const plain = [...files.values()].filter((file) => /db\.lck$|zypp\.pid$/.test(file));
  const held = (locks ?? []).flatMap((line) => {
    const told = /\bWRITE\s+(\d+)\s+[0-9a-f]+:[0-9a-f]+:(\d+)\s/.exec(line);
    const file = told?.[2] ? files.get(told[2]) : undefined;
    const comm = machine.line(`/proc/${told?.[1]}/comm`);
    return file ? [{ file, by: comm ?? `process ${told?.[1]}` }] : [];
  });
  if (locks === undefined && plain.length === 0) return null;
  return [...held, ...plain.map((file) => ({ file, by: 'somebody' }))];
}

export const packageLock: MachineCheck = {
  id: 'onboarding.package-lock',
  group,
  title: 'Package manager is free',
  why: 'While it works, or after it was broken off, nothing else can be installed.',
  rule(machine) {
    const shown = [...machine.shows('package-locks'), ...machine.showsFiles('/proc/locks')];
    const held = heldLocks(machine);
    if (held === null) {
      if (!machine.part('package-locks') && machine.told)
        return notApplicable('Nothing that it could lock is there.', shown);
      return unknown('Which files are locked the machine does not tell.', shown);
    }
    const [first] = held;
    if (!first) return pass('Nothing is locked.', shown);
    const fix = bySteps(
      'Wait until it has ended, then check again.',
      'Where nothing runs any more: dpkg --configure -a, or what the package manager says.',
    );
    return warn(`${first.file} is locked by ${first.by}.`, shown, fix);
  },
};

export const unattendedUpgrades: MachineCheck = {
  id: 'onboarding.unattended-upgrades',
  group,
  title: 'Upgrades by themselves',
  why: 'An upgrade that starts during an installation locks the package manager, and may restart services.',
  rule(machine) {
    const shown = machine.showsFiles('/proc/locks');
    const held = heldLocks(machine) ?? [];
    const busy = held.find(({ by }) =>
      /^(unattended-upgr|apt|aptd|packagekitd|dnf|yum|zypper|PackageKit)/.test(by),
    );
    if (busy)
      return warn(
        `${busy.by} works now.`,
        shown,
        bySteps('Wait until it has ended, then check again.'),
      );
    const running = ['apt.systemd.dai', 'dnf-automatic', 'transactional-u'].find((name) =>
      machine.runs(name),
    );
    if (running)
      return warn(
        `${running} works now.`,
        shown,
        bySteps('Wait until it has ended, then check again.'),
      );
    if (machine.runs('init') === null && held.length === 0)
      return unknown('Processes could not be seen.', shown);
    return pass('None works now.', shown);
  },
};

export const pendingReboot: MachineCheck = {
  id: 'onboarding.pending-reboot',
  group,
  title: 'No restart is due',
  why: 'A machine that runs an older kernel than is installed may lack its modules, and comes back as another.',
  rule(machine) {
    const files = ['/run/reboot-required', '/run/reboot-required.pkgs', '/run/reboot-needed'];
    const shown = [
      ...machine.showsFiles(...files),
      ...machine.shows('needs-restarting'),
      ...machine.shows('kernels'),
    ];
    const fix = bySteps('Restart the machine when nobody needs it, then check again.');
    const restart = byPhase('reboot', 'Restart it', { wanted: ['updates'] });
    const asked = files.find((file) => machine.lines(file) !== undefined);
    if (asked) {
      const packages = machine.lines('/run/reboot-required.pkgs') ?? [];
      return warn(
        packages.length > 0 ? `Wanted by ${packages.slice(0, 5).join(', ')}.` : `${asked} says so.`,
        shown,
        restart,
      );
    }
    const part = machine.part('needs-restarting');
    if (part?.end === 1 && /reboot is required|core libraries|should reboot/i.test(part.text))
      return warn('needs-restarting says so.', shown, fix);
    const running = machine.fact('kernel')?.release;
    const kernels = (machine.part('kernels')?.text ?? '').split('\n').map((line) => line.trim());
    if (!running || !machine.part('kernels'))
      return unknown('Which kernels are installed was not told.', shown);
    const modules = kernels
      .filter((path) => path.startsWith('/lib/modules/'))
      .map((path) => path.slice('/lib/modules/'.length));
    const boot = kernels
      .filter((path) => path.startsWith('/boot/vmlinuz-'))
      .map((path) => path.slice('/boot/vmlinuz-'.length));
    if (modules.length > 0 && !modules.includes(running)) {
      return warn(
        `The modules of the running kernel ${running} are gone: another one is installed.`,
        shown,
        restart,
      );
    }
    const newest = newestKernel(running, boot.length > 0 ? boot : modules);
    if (newest !== null) return warn(`${running} runs, and ${newest} is installed.`, shown, fix);
    return pass(`${running} runs.`, shown);
  },
};

/** Whose leftovers they are, and where these lie. */
const leftovers = [
  {
    part: 'k3s',
    of: 'K3s',
    paths:
      /^(\/etc\/rancher|\/var\/lib\/rancher|\/run\/k3s|\/usr\/local\/bin\/k3s.*|\/etc\/systemd\/system\/k3s.*|\/etc\/init\.d\/k3s.*)$/,
    runs: ['k3s', 'k3s-server', 'k3s-agent'],
    fix: bySteps(
      'Where nothing of it is needed: k3s-uninstall.sh or k3s-agent-uninstall.sh, then rm -r /etc/rancher.',
      'It deletes local volumes: save what is in /var/lib/rancher first.',
      'Delete the node in the cluster that it belonged to.',
    ),
  },
  {
    part: 'kubernetes',
    of: 'another Kubernetes',
    paths:
      /^(\/etc\/kubernetes|\/var\/lib\/kubelet|\/var\/lib\/etcd|.*kubelet\.service|\/var\/lib\/k0s|\/var\/snap\/microk8s)$/,
    runs: ['kubelet', 'kube-apiserver', 'etcd', 'k0s'],
    fix: bySteps(
      'kubeadm reset, k0s reset or snap remove microk8s, whichever it was; save its data first.',
    ),
  },
  {
    part: 'cni',
    of: 'a cluster network',
    paths: /^(\/etc\/cni\/net\.d\/.+|\/run\/flannel|\/var\/lib\/cni)$/,
    runs: [],
    fix: bySteps(
      'Delete /etc/cni/net.d, /var/lib/cni and /run/flannel once the cluster that made them is gone.',
    ),
  },
] as const;

export const remains: MachineCheck = {
  id: 'onboarding.leftovers',
  group,
  title: 'Leftovers of earlier clusters',
  why: 'An old password, database or network configuration makes a join fail, or joins the wrong cluster without a word.',
  rule(machine, { memberOf }) {
    if (memberOf) return notApplicable(`It is a node of ${memberOf}: what is there is in use.`);
    if (!machine.told) return unknown('What the machine has was not heard.');
    return leftovers.map(({ part, of, paths, runs, fix }) => {
      const found = machine.existing.filter((path) => paths.test(path));
      const running = runs.find((name) => machine.runs(name));
      const shown =
        found.length > 0
          ? machine.showsThere(...found)
          : machine.shows('there', /rancher|kube|cni|k3s/);
      if (running)
        return {
          ...fail(`${running} runs here: the machine is part of a cluster.`, shown, fix),
          part,
        };
      if (found.length === 0) return { ...pass(`Nothing of ${of}.`, shown), part };
      const verdict = warn(`Of ${of}: ${found.slice(0, 6).join(', ')}.`, shown, fix);
      return { ...verdict, part };
    });
  },
};

export const otherRuntimes: MachineCheck = {
  id: 'onboarding.container-engine',
  group,
  title: 'Other container engines',
  why: 'Docker beside K3s works, takes memory and disk twice, and changes the firewall.',
  rule(machine, { memberOf }) {
    if (!machine.told) return unknown('What the machine has was not heard.');
    const paths = [
      '/run/docker.sock',
      '/var/lib/docker',
      '/var/lib/containerd',
      '/run/containerd/containerd.sock',
    ];
    const shown = machine.showsThere(...paths);
    const running = [
      machine.runs('dockerd') ? 'Docker' : '',
      // Of a node of K3s it is its own.
      machine.runs('containerd') && !machine.runs('dockerd') && !memberOf ? 'containerd' : '',
    ].filter(Boolean);
    const fix = bySteps(
      'Where nothing needs it: stop and disable it (systemctl disable --now docker containerd).',
    );
    if (running.length > 0) return warn(`${running.join(' and ')} runs.`, shown, fix);
    const left = paths.filter((path) => machine.exists(path));
    return left.length > 0
      ? pass(`None runs; ${left.join(', ')} is there.`, shown)
      : pass('None.', shown);
  },
};
