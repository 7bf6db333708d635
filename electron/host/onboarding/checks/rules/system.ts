import type { MachineCheck } from '../context.ts';
import type { Preflight } from '../read.ts';
import { bySteps, endOf, fail, firstLine, pass, unknown, untold, warn } from '../verdicts.ts';

const group = 'System';

/** As `uname -m` says it, of those that K3s is built for. */
const architectures: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  amd64: 'amd64',
  aarch64: 'arm64',
  arm64: 'arm64',
  armv7l: 'armhf',
  armv8l: 'armhf',
};

export const architecture: MachineCheck = {
  id: 'onboarding.architecture',
  group,
  title: 'Architecture',
  why: 'K3s and most images exist for amd64 and arm64, and for armhf with gaps; nothing else runs there.',
  rule(machine) {
    const kernel = machine.fact('kernel');
    const shown = machine.shows('uname');
    if (!kernel) return untold(machine, 'kernel', shown);
    if (kernel.name !== 'Linux') {
      const fix = bySteps('Install Linux on it, or keep it out of the cluster.');
      return fail(`It runs ${kernel.name}; K3s needs Linux.`, shown, fix);
    }
    const known = architectures[kernel.architecture];
    if (known === undefined) {
      const fix = bySteps('Use a machine with a 64-bit ARM or x86 processor for the cluster.');
      return fail(`${kernel.architecture} is none of amd64, arm64 and armhf.`, shown, fix);
    }
    if (known === 'armhf') {
      const fix = bySteps('Install the 64-bit system, where the processor allows it.');
      return warn('It runs a 32-bit system (armhf); many images are not made for it.', shown, fix);
    }
    return pass(`${kernel.architecture} (${known}).`, shown);
  },
};

export const initSystem: MachineCheck = {
  id: 'onboarding.init-system',
  group,
  title: 'Init system',
  why: 'K3s is started by systemd or OpenRC; nothing else would bring it up after a reboot.',
  rule(machine) {
    const shown = machine.showsThere('/run/systemd/system', '/run/openrc', '/sbin/openrc-run');
    if (!machine.told) return unknown('What the machine has was not heard.', shown);
    if (machine.exists('/run/systemd/system')) return pass('systemd.', shown);
    const openrc = ['/run/openrc', '/sbin/openrc-run', '/usr/sbin/openrc-run'];
    if (openrc.some((path) => machine.exists(path))) return pass('OpenRC.', shown);
    const comm = machine.line('/proc/1/comm') ?? 'something else';
    const fix = bySteps('Install a system with systemd or OpenRC.');
    return fail(`Process 1 is ${comm}, neither systemd nor OpenRC.`, shown, fix);
  },
};

export const downloadTool: MachineCheck = {
  id: 'onboarding.download-tool',
  group,
  title: 'curl or wget',
  why: 'The installation of K3s fetches its files with one of them.',
  rule(machine) {
    const tools = ['curl', 'wget'].filter((tool) => machine.hasTool(tool));
    const shown = machine.shows('there', /^@(curl|wget)$/);
    if (tools.length > 0)
      return pass(`${tools.join(' and ')} ${tools.length > 1 ? 'are' : 'is'} there.`, shown);
    if (!machine.told) return unknown('What the machine has was not heard.');
    return fail('Neither curl nor wget is there.', shown, {
      kind: 'phase',
      phase: 'packages',
      title: 'Install curl',
      params: { packages: ['curl'] },
    });
  },
};

const grantSudo = bySteps(
  'Sign in as root and put the user into the group sudo (Debian) or wheel (others): usermod -aG sudo USER.',
  'Or let Rackhelm sign in as root with a key.',
);

export const rootAccess: MachineCheck = {
  id: 'onboarding.root-access',
  group,
  title: 'Root access',
  why: 'Everything that is set up on a machine is done as root.',
  rule(machine) {
    const shown = [
      ...machine.shows('there', /^(=|@(sudo|doas)$)/),
      ...machine.shows('sudo'),
      ...machine.shows('doas'),
    ];
    if (machine.uid === 0) return pass('Signed in as root.', shown);
    if (machine.rootProblem === null && machine.uid !== null) return pass(asRoot(machine), shown);
    const part = machine.part('sudo') ?? machine.part('doas');
    const why = machine.rootProblem ?? '';
    if (!part && machine.told)
      return fail('Neither sudo nor doas is there, and this user is not root.', shown, grantSudo);
    if (!part) return unknown('Whether root can be had was not heard.', shown);
    if (/must have a tty|no tty present/i.test(part.text)) {
      const fix = bySteps(
        'Take the line “Defaults requiretty” out of sudoers (visudo), at least for this user.',
      );
      return fail('sudo wants a terminal, which a program has not.', shown, fix);
    }
    if (/password is required|Authentication required|a password/i.test(part.text)) {
      return warn(
        `sudo wants a password. ${why}`.trim(),
        shown,
        bySteps(
          'Give the sudo password when Rackhelm asks for it, or allow this user sudo without one.',
        ),
      );
    }
    if (/not in the sudoers|not allowed|may not run|not permitted/i.test(part.text)) {
      return fail(`This user may not become root: ${firstLine(part.text)}`, shown, grantSudo);
    }
    return unknown(`${endOf('sudo', part)} ${why}`.trim(), shown);
  },
};

function asRoot(machine: Preflight): string {
  const part = machine.part('sudo') ?? machine.part('doas');
  const tool = machine.part('doas') ? 'doas' : 'sudo';
  return part?.end === 0
    ? `${tool} without a password.`
    : `${tool} with a password that Rackhelm was given.`;
}

export const virtualization: MachineCheck = {
  id: 'onboarding.container',
  group,
  title: 'A machine, not a container',
  why: 'K3s inside LXC and the like needs privileges and devices that such a guest seldom has.',
  rule(machine) {
    const found = machine.fact('virtualization');
    const shown = machine.showsFiles('/run/systemd/container', '/proc/1/cgroup');
    if (!found) return untold(machine, 'virtualization', shown);
    const kind = found.kind;
    if (
      /^(lxc|lxc-libvirt|systemd-nspawn|docker|podman|openvz|proot|pouch|rkt|jail|wsl|container-other)$/.test(
        kind,
      )
    ) {
      const fix = bySteps(
        'Use a virtual machine instead, or give the guest nesting, /dev/kmsg and the modules of its host.',
      );
      return warn(`It is a container (${kind}).`, shown, fix);
    }
    return pass(kind === 'none' ? 'A machine of its own.' : `A virtual machine (${kind}).`, shown);
  },
};
