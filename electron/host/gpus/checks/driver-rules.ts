import type { Check, Verdict } from '../../engine/checks/index.ts';
import { readDriver, readEngine, readToolkit } from '../parse/driver.ts';
import { bySteps, type GpuRead } from './gpu-evidence.ts';

export type GpuCheck = Check<GpuRead, null>;

const group = 'Graphics processors';
const nvidia = '0x10de';

/** Drivers by which a card of NVIDIA computes nothing. */
const others: ReadonlySet<string> = new Set(['', 'nouveau', 'vfio-pci']);

const none: Verdict = { status: 'not-applicable', found: 'No card of NVIDIA is there.' };

/** By the bus, or by what answers: some virtual machines show no bus. */
function hasNvidia({ parts, sample }: GpuRead): boolean {
  const { cards } = readDriver(parts.get('driver')?.text ?? '');
  return (
    cards.some(({ vendor }) => vendor === nvidia) ||
    parts.has('nvidia') ||
    sample.gpus.some((gpu) => gpu.vendor === 'nvidia')
  );
}

export const driver: GpuCheck = {
  id: 'gpu.driver',
  group,
  title: 'Driver of the cards',
  why: 'Without the driver of its maker, or with one that does not fit its library, no program reaches the card.',
  rule(read) {
    const shown = [
      ...read.shows('driver', 'cat /proc/driver/nvidia/version; modinfo -F version nvidia'),
      ...read.shows('nvidia', 'nvidia-smi --query-gpu=…'),
    ];
    const { loaded, installed, cards } = readDriver(read.parts.get('driver')?.text ?? '');
    const own = cards.filter(({ vendor }) => vendor === nvidia);
    if (!hasNvidia(read)) return none;
    const without = own.find((card) => others.has(card.driver));
    if (without) {
      const { busId, driver: holds } = without;
      return {
        status: holds === 'vfio-pci' ? 'warn' : 'fail',
        found:
          holds === 'vfio-pci'
            ? `The card ${busId} is held back for a virtual machine (vfio-pci).`
            : `The card ${busId} has ${holds === '' ? 'no driver' : `the driver ${holds}, which cannot compute`}.`,
        evidence: shown,
        fix: bySteps('Install the driver of NVIDIA for this system, then restart the machine.'),
      };
    }
    if (loaded !== null && installed !== null && loaded !== installed)
      return {
        status: 'fail',
        found: `The driver ${loaded} is loaded, and ${installed} is installed: it was updated while it ran.`,
        evidence: shown,
        fix: bySteps('Restart the machine, so that the installed driver is loaded.'),
      };
    const [trouble] = read.sample.troubles;
    if (trouble !== undefined) return { status: 'fail', found: trouble, evidence: shown };
    return {
      status: 'pass',
      found: `The driver ${loaded ?? read.sample.gpus[0]?.driverVersion ?? ''} is loaded and answers.`,
      evidence: shown,
    };
  },
};

/** From that version on the toolkit writes descriptions for CDI. */
const cdiSince = [1, 14] as const;

export const toolkit: GpuCheck = {
  id: 'gpu.container-toolkit',
  group,
  title: 'Cards in containers',
  why: 'A container gets a card by the container toolkit of NVIDIA: by a runtime that Docker knows, or by a description for CDI.',
  rule(read) {
    if (!hasNvidia(read)) return none;
    const state = readToolkit(read.parts.get('toolkit')?.text ?? '');
    const shown = [
      ...read.shows('toolkit', 'nvidia-ctk --version; ls /etc/cdi /var/run/cdi'),
      ...read.shows('engine', 'docker info'),
    ];
    if (state.version === null && !state.hasRuntime)
      return {
        status: 'warn',
        found: 'The container toolkit of NVIDIA is not there: containers do not reach the cards.',
        evidence: shown,
        fix: bySteps(
          'Install the package nvidia-container-toolkit from the repository of NVIDIA.',
          'Then, as root: nvidia-ctk runtime configure --runtime=docker && systemctl restart docker',
        ),
      };
    return withToolkit(read, state, shown);
  },
};

function withToolkit(
  read: GpuRead,
  { version, cdiFiles }: ReturnType<typeof readToolkit>,
  evidence: Verdict['evidence'] = [],
): Verdict {
  const part = read.parts.get('engine');
  const engine = readEngine(part?.text ?? '');
  const byCdi = cdiFiles.length > 0;
  const ways = byCdi ? `; CDI: ${cdiFiles.join(', ')}` : '';
  if (part && engine === null)
    return {
      status: 'unknown',
      found: `The toolkit ${version ?? ''} is there; Docker did not tell its runtimes (this user may not ask it, or it does not run)${ways}.`,
      evidence,
    };
  if (engine?.runtimes.includes('nvidia'))
    return {
      status: 'pass',
      found: `The toolkit ${version ?? ''} is there and Docker ${engine.version} knows its runtime${ways}.`,
      evidence,
    };
  if (byCdi)
    return { status: 'pass', found: `The toolkit ${version ?? ''} is there${ways}.`, evidence };
  return {
    status: 'warn',
    found: `The toolkit ${version ?? ''} is there, but Docker does not know its runtime, and there is no description for CDI.`,
    evidence,
    fix: bySteps(
      'As root: nvidia-ctk runtime configure --runtime=docker && systemctl restart docker',
      ...(isOlder(version, cdiSince)
        ? []
        : ['Or, for CDI: nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml']),
    ),
  };
}

function isOlder(version: string | null, [major, minor]: readonly [number, number]): boolean {
  const [a = 0, b = 0] = (version ?? '').split('.').map(Number);
  return a < major || (a === major && b < minor);
}
