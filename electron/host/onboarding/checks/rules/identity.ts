import type { MachineCheck } from '../context.ts';
import { byPhase, bySteps, fail, newMachineId, pass, unknown, untold, warn } from '../verdicts.ts';

const group = 'Identity';

/** RFC 1123, as Kubernetes takes names of nodes. */
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

export const hostname: MachineCheck = {
  id: 'onboarding.hostname',
  group,
  title: 'Host name',
  why: 'It becomes the name of the node: lower case, digits and hyphens, and no name that images come with.',
  rule(machine, { plan }) {
    const told = machine.fact('hostname')?.hostname;
    const shown = machine.showsFiles('/proc/sys/kernel/hostname', '/etc/hostname');
    if (told === undefined) return untold(machine, 'hostname', shown);
    const planned = plan.name;
    const rename = (name: string) => byPhase('hostname', `Call it ${name}`, { name });
    if (planned !== null && told.toLowerCase() !== planned.toLowerCase()) {
      return fail(`It is called ${told}, and is to be ${planned}.`, shown, rename(planned));
    }
    const labels = told.split('.');
    if (told.length > 253 || !labels.every((each) => label.test(each))) {
      const better = told
        .toLowerCase()
        .replace(/[^a-z0-9.-]+/g, '-')
        .replace(/^-+|-+$/g, '');
      return fail(`${told} is no name that a node may have.`, shown, rename(better || 'node-1'));
    }
    if (/^(localhost|raspberrypi|debian|ubuntu|alpine|archlinux|fedora)(\..*)?$/.test(told)) {
      return warn(
        `${told} is the name that its image came with.`,
        shown,
        bySteps('Give it a name of its own in the plan; Rackhelm then writes it.'),
      );
    }
    return pass(`${told}.`, shown);
  },
};

export const hostnameResolves: MachineCheck = {
  id: 'onboarding.hosts-entry',
  group,
  title: 'Its own name is found',
  why: 'sudo and many programs look the machine’s own name up, and wait where nothing knows it.',
  rule(machine, { plan }) {
    const told = machine.fact('hostname')?.hostname.toLowerCase();
    const shown = machine.showsFiles('/etc/hosts');
    const lines = machine.lines('/etc/hosts');
    if (told === undefined) return untold(machine, 'hostname', shown);
    if (!lines) return unknown('/etc/hosts was not told.', shown);
    const short = told.split('.')[0];
    const found = lines.some((line) =>
      line
        .replace(/#.*/, '')
        .trim()
        .toLowerCase()
        .split(/\s+/)
        .slice(1)
        .some((name) => name === told || name === short),
    );
    if (found) return pass('It stands in /etc/hosts.', shown);
    return warn(
      'It does not stand in /etc/hosts.',
      shown,
      byPhase('hostname', 'Write it into /etc/hosts', { name: plan.name ?? told }),
    );
  },
};

export const machineId: MachineCheck = {
  id: 'onboarding.machine-id',
  group,
  title: 'Machine id',
  why: 'DHCP, journals and clusters tell machines apart by it; an image must not bring one along.',
  rule(machine) {
    const shown = machine.showsFiles('/etc/machine-id', '/var/lib/dbus/machine-id');
    const { machineId: section } = machine.facts;
    const fix = bySteps(
      'As root: rm -f /etc/machine-id, then systemd-machine-id-setup (or dbus-uuidgen --ensure=/etc/machine-id).',
      'Restart the machine, then check again.',
    );
    if (section.status === 'ok') {
      const id = section.data.machineId;
      return new Set(id).size < 3
        ? fail(`${id} is no id of its own.`, shown, newMachineId(id))
        : pass(`${id}.`, shown);
    }
    const text = machine.line('/etc/machine-id');
    if (text !== null)
      return fail(
        text === 'uninitialized'
          ? 'It was never initialised.'
          : 'What stands there is no machine id.',
        shown,
        fix,
      );
    if (section.status === 'failed') return untold(machine, 'machineId', shown);
    const openrc = !machine.exists('/run/systemd/system') && machine.told;
    return openrc
      ? warn('There is none; OpenRC does not need it, K3s makes do.', shown, fix)
      : fail('There is none.', shown, fix);
  },
};
