import type { GpuReading, GpuSample } from '../../../shared/gpus/gpu-reading.ts';
import { harmless } from '../connections/ssh/index.ts';
import type { Part } from '../facts/index.ts';
import { jsonOf, readRocm } from './parse/amd.ts';
import { readCards } from './parse/cards.ts';
import { readIntel } from './parse/intel.ts';
import { nvidiaTrouble, readNvidiaList, readNvidiaRows } from './parse/nvidia.ts';
import { readNvidiaProcesses } from './parse/processes.ts';
import { readTegra } from './parse/tegra.ts';

type Parts = ReadonlyMap<string, Part>;

/** What the script `gpus` brought back, as one look at the cards of that machine. */
export function readSample(parts: Parts, at: number): GpuSample {
  const troubles: string[] = [];
  const gpus = [...nvidia(parts, troubles), ...others(parts, troubles)].slice(0, 64);
  const processes = parts.get('nvidia-processes');
  if (processes && processes.end !== 0) troubles.push(why('nvidia-smi', processes));
  return {
    at,
    gpus: gpus.map((gpu) => withMachineMemory(named(gpu), parts)),
    processes: readNvidiaProcesses(processes?.text ?? '').map((one) => ({
      ...one,
      name: harmless(one.name),
      model: one.model && harmless(one.model),
    })),
    troubles: [...new Set(troubles)],
  };
}

function nvidia(parts: Parts, troubles: string[]): GpuReading[] {
  const tried = ['nvidia', 'nvidia-older'].flatMap((name) => parts.get(name) ?? []);
  if (tried.length === 0) return [];
  // Warnings, as of a corrupted infoROM, end it with a code of their own beside whole rows.
  for (const { text } of tried) {
    const rows = readNvidiaRows(text);
    if (rows.length === 0) continue;
    const lost = nvidiaTrouble(text);
    if (lost !== null) troubles.push(lost);
    return rows;
  }
  const last = tried.at(-1);
  if (last) troubles.push(why('nvidia-smi', last));
  return readNvidiaList(parts.get('nvidia-list')?.text ?? '');
}

function others(parts: Parts, troubles: string[]): GpuReading[] {
  const by: readonly (readonly [string, string, (text: string) => GpuReading[]])[] = [
    ['rocm-smi', 'rocm-smi', readRocm],
    ['tegrastats', 'tegrastats', readTegra],
    ['intel_gpu_top', 'intel_gpu_top', readIntel],
  ];
  const found = by.flatMap(([label, tool, read]) => {
    const part = parts.get(label);
    if (!part) return [];
    const gpus = read(part.text);
    if (gpus.length === 0) troubles.push(why(tool, part));
    return gpus;
  });
  const hasAmd = found.some(({ vendor }) => vendor === 'amd');
  return hasAmd ? found : [...found, ...readCards(parts.get('cards')?.text ?? '')];
}

/** Why a tool's answer is of no use, in one sentence. */
function why(tool: string, { end, text }: Part): string {
  if (end === 'late')
    return `${tool} does not come back and was stopped: a card may have fallen off the bus, or the driver hangs.`;
  if (typeof end !== 'number') return `What ${tool} printed came not whole (${end}).`;
  const known = tool === 'nvidia-smi' ? nvidiaTrouble(text) : null;
  if (known !== null) return known;
  if (/permission denied|not permitted/i.test(text))
    return `This user may not ask ${tool} (it wants root, or a group of its own).`;
  const said = harmless(text)
    .split('\n')
    .find((line) => line.trim() !== '');
  return said === undefined || (end === 0 && jsonOf(text) !== undefined)
    ? `${tool} tells of no card.`
    : `${tool}: ${said.trim().slice(0, 300)}`;
}

function named(gpu: GpuReading): GpuReading {
  return { ...gpu, name: harmless(gpu.name) };
}

/** A card without memory of its own has what the machine has. */
function withMachineMemory(gpu: GpuReading, parts: Parts): GpuReading {
  if (!gpu.sharesMemory || gpu.memoryTotalBytes !== null) return gpu;
  const text = parts.get('memory')?.text ?? '';
  const bytes = (name: string) => {
    const [, kib] = new RegExp(`^${name}: *(\\d{1,12}) kB$`, 'm').exec(text) ?? [];
    return kib === undefined ? null : Number(kib) * 1024;
  };
  const [total, available] = [bytes('MemTotal'), bytes('MemAvailable')];
  if (total === null) return gpu;
  return {
    ...gpu,
    memoryTotalBytes: total,
    memoryUsedBytes: available === null ? null : total - available,
  };
}
