import { formatBytes } from '../../../../../shared/model/amounts.ts';
import type { NodeRole } from '../../../../../shared/onboarding/role.ts';
import type { MachineCheck } from '../context.ts';
import { bySteps, fail, pass, untold, warn } from '../verdicts.ts';

const group = 'Resources';
const gibibyte = 1024 ** 3;
const mebibyte = 1024 ** 2;

interface Needs {
  readonly cores: number;
  /** Bytes; the kernel keeps some percent of what is built in for itself. */
  readonly least: number;
  readonly better: number;
}

/** K3s' own figures for servers and agents; the rest is what the work of the role takes. */
const needs: Readonly<Record<NodeRole, Needs>> = {
  'control-plane': { cores: 2, least: 2 * gibibyte, better: 4 * gibibyte },
  worker: { cores: 1, least: 512 * mebibyte, better: 2 * gibibyte },
  storage: { cores: 2, least: 2 * gibibyte, better: 4 * gibibyte },
  gpu: { cores: 4, least: 8 * gibibyte, better: 16 * gibibyte },
  edge: { cores: 1, least: 512 * mebibyte, better: gibibyte },
};
const kept = 0.9;

const otherRole = bySteps('Give this machine another role, or use one with more in it.');

export const cores: MachineCheck = {
  id: 'onboarding.cores',
  group,
  title: 'Processor cores for the role',
  why: 'A server of K3s wants two cores, an agent one; with fewer the cluster answers late and elections fail.',
  rule(machine, { role }) {
    const cpu = machine.fact('cpu');
    const shown = machine.showsFiles('/sys/devices/system/cpu/online');
    if (!cpu) return untold(machine, 'cpu', shown);
    const { cores: wanted } = needs[role];
    const found = `${cpu.threads === 1 ? '1 core' : `${cpu.threads} cores`}; ${wanted} or more for this role.`;
    return cpu.threads >= wanted ? pass(found, shown) : fail(found, shown, otherRole);
  },
};

export const memory: MachineCheck = {
  id: 'onboarding.memory',
  group,
  title: 'Memory for the role',
  why: 'A server of K3s wants 2 GiB, an agent 512 MiB, before any workload; what is short is taken by ending processes.',
  rule(machine, { role }) {
    const found = machine.fact('memory');
    const shown = machine.shows('files', /^\/proc\/meminfo:(MemTotal|MemAvailable)/);
    if (!found) return untold(machine, 'memory', shown);
    const { least, better } = needs[role];
    const has = formatBytes(found.totalBytes);
    if (found.totalBytes < least * kept) {
      return fail(`${has}; this role needs ${formatBytes(least)}.`, shown, otherRole);
    }
    if (found.totalBytes < better * kept) {
      return warn(
        `${has}: it runs, and ${formatBytes(better)} leave room for workloads.`,
        shown,
        otherRole,
      );
    }
    return pass(`${has}.`, shown);
  },
};

export const gpuPresent: MachineCheck = {
  id: 'onboarding.gpu',
  group,
  title: 'Graphics processor',
  why: 'A machine that is to run models needs one, with its driver.',
  rule(machine, { role }) {
    if (role !== 'gpu') return { status: 'not-applicable', found: 'This role needs none.' };
    const gpus = machine.fact('gpus');
    const shown = machine.showsThere('/dev/nvidiactl', '/dev/dri', '/dev/kfd');
    if (gpus && gpus.length > 0) return pass(gpus.map(({ name }) => name).join(', '), shown);
    if (machine.exists('/dev/nvidiactl') || machine.exists('/dev/kfd'))
      return pass('A driver for one is loaded.', shown);
    if (!machine.told) return untold(machine, 'gpus', shown);
    const fix = bySteps(
      'Put the card in and install its driver, then check again.',
      'Or give this machine another role.',
    );
    return fail('No driver for a graphics processor is loaded.', shown, fix);
  },
};
