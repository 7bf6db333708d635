import { armCore } from './arm-parts.ts';
import { processorOf } from './bsd.ts';
import type { Evidence } from './evidence.ts';
import { failed, ok, type SectionParser } from './outcome.ts';

type Block = ReadonlyMap<string, string>;

export const parseCpu: SectionParser<'cpu'> = (evidence) => {
  const { blocks, rest } = readCpuinfo(evidence.lines('/proc/cpuinfo') ?? []);
  const online = countList(evidence.line('/sys/devices/system/cpu/online'));
  const threads =
    blocks.length || Number(rest.get('ncpus active') ?? rest.get('cpus active')) || online;
  if (threads === 0) {
    const processor = processorOf(evidence);
    return processor ? ok(processor) : failed('Nothing on the machine tells of a processor.');
  }
  const cores = coreIds(blocks, evidence);
  const sockets = new Set(
    blocks
      .map((block) => block.get('physical id') ?? block.get('package'))
      .filter((id) => id !== undefined),
  );
  return ok({
    model: modelOf(blocks, rest),
    cores: cores.size || threads,
    threads,
    sockets: sockets.size || null,
    maxMhz: maxMhz(blocks, evidence),
  });
};

/**
 * One block for each `processor` line; the Pi adds one of its own without. s390x has one line for each
 * (`processor 0: version = FF, … machine = 8561`); old 32-bit ARM kernels of one core have none.
 */
function readCpuinfo(lines: readonly string[]): { blocks: Block[]; rest: Block } {
  const blocks: Map<string, string>[] = [];
  const rest = new Map<string, string>();
  let current = rest;
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (line.trim() === '') current = rest;
    if (colon < 1) continue;
    const [key, value] = [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    const [, number] = /^processor (\d{1,5})$/.exec(key) ?? [];
    if (key === 'processor' || number !== undefined) {
      current = new Map([['processor', number ?? value]]);
      blocks.push(current);
    }
    if (number === undefined) current.set(key, value);
    else current = setMachine(current, value, rest);
  }
  if (blocks.length === 0 && rest.has('Processor')) blocks.push(rest);
  return { blocks, rest };
}

function setMachine(block: Map<string, string>, value: string, rest: Map<string, string>) {
  const machine = /machine = (\w{1,8})/.exec(value.slice(0, 300))?.[1];
  if (machine !== undefined) block.set('machine', machine);
  return rest;
}

function modelOf(blocks: readonly Block[], rest: Block): string | null {
  const counts = new Map<string, number>();
  for (const block of blocks) {
    const name = nameOf(block) ?? nameOf(rest);
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const [only] = counts.keys();
  const told = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (counts.size === 1 && told === blocks.length && only !== undefined) return only;
  if (counts.size > 0) {
    const unknown = blocks.length - told;
    const all = unknown > 0 ? [...counts, ['unknown', unknown] as const] : [...counts];
    return all.map(([name, n]) => `${n}× ${name}`).join(' + ');
  }
  return rest.get('Processor') || rest.get('Hardware') || rest.get('cpu') || null;
}

/** Each architecture has words of its own. */
function nameOf(block: Block): string | null {
  const name =
    armName(block) ||
    block.get('model name') ||
    block.get('Model Name') ||
    block.get('cpu model') ||
    mainframe(block.get('machine')) ||
    // POWER: `POWER9 (architected), altivec supported`.
    block.get('cpu')?.replace(/, altivec supported$/, '') ||
    riscv(block) ||
    null;
  // What stands in a virtual machine or a container for a name.
  return name && !/^unknown$/i.test(name) ? name.replace(/\s+/g, ' ') : null;
}

/** What the kernel calls `ARMv7 Processor rev 4 (v7l)` says less than its part. */
function armName(block: Block): string | null {
  const core = armCore(block.get('CPU implementer'), block.get('CPU part'));
  const told = block.get('model name');
  return core?.startsWith('part ') && told && !/^(ARMv|AArch64)/i.test(told) ? told : core;
}

/** Machine types of IBM. */
const mainframes: Readonly<Record<string, string>> = {
  '2817': 'z196',
  '2818': 'z114',
  '2827': 'zEC12',
  '2828': 'zBC12',
  '2964': 'z13',
  '2965': 'z13s',
  '3906': 'z14',
  '3907': 'z14 ZR1',
  '8561': 'z15',
  '8562': 'z15 T02',
  '3931': 'z16',
  '3932': 'z16 A02',
  '9175': 'z17',
};

function mainframe(machine: string | undefined): string | null {
  if (machine === undefined || !/^\d{4}$/.test(machine)) return null;
  const name = Object.hasOwn(mainframes, machine) ? mainframes[machine] : undefined;
  return name === undefined ? `IBM ${machine}` : `IBM ${name} (${machine})`;
}

/** JEDEC numbers of those who make cores of RISC-V. */
const riscvVendors: Readonly<Record<string, string>> = {
  '0x31e': 'Andes',
  '0x489': 'SiFive',
  '0x5b7': 'T-Head',
  '0x710': 'SpacemiT',
};

function riscv(block: Block): string | null {
  const uarch = block.get('uarch');
  if (uarch && uarch !== 'unknown') return uarch;
  const isa = block.get('isa')?.split(/[_ ]/, 1)[0];
  const vendor = riscvVendors[block.get('mvendorid') ?? ''];
  return isa ? [vendor, isa].filter(Boolean).join(' ') : (vendor ?? null);
}

/** One for each core; empty when some processor's is not told. */
function coreIds(blocks: readonly Block[], evidence: Evidence): Set<string> {
  const ids = new Set<string>();
  for (const block of blocks) {
    const core = block.get('core id') ?? block.get('core');
    const socket = block.get('physical id') ?? block.get('package') ?? 0;
    if (core !== undefined) ids.add(`${socket}:${core}`);
  }
  const places = topologyPlaces(blocks, evidence);
  // A container with its own /proc/cpuinfo numbers its processors otherwise than /sys does.
  const isOwn = blocks.length > 0 && topologyPlaces([], evidence).length > blocks.length;
  if (ids.size > 0 && isOwn) return ids;
  const siblings = places.map((place) => siblingsAt(place, evidence));
  if (siblings.length > 0 && !siblings.includes(null)) return new Set(siblings.map(String));
  if (ids.size > 0) return ids;
  for (const place of places) {
    const core = evidence.line(`${place}core_id`);
    if (core === null) return new Set();
    ids.add(`${evidence.line(`${place}physical_package_id`)}:${core}`);
  }
  return ids;
}

/** The threads of one core, as it lists them for each; ids of cores begin anew in each cluster. */
function siblingsAt(place: string, evidence: Evidence): string | null {
  return evidence.line(`${place}thread_siblings_list`) ?? evidence.line(`${place}core_cpus_list`);
}

/** A container may see fewer processors in /proc than /sys tells of: only those count. */
function topologyPlaces(blocks: readonly Block[], evidence: Evidence): string[] {
  if (blocks.length > 0) {
    return blocks.map((block) => `/sys/devices/system/cpu/cpu${block.get('processor')}/topology/`);
  }
  return evidence.paths.flatMap(
    (path) => /^(\/sys\/devices\/system\/cpu\/cpu\d+\/topology\/)core_id$/.exec(path)?.[1] ?? [],
  );
}

function maxMhz(blocks: readonly Block[], evidence: Evidence): number | null {
  let highest = 0;
  for (const path of evidence.paths) {
    if (!path.endsWith('/cpufreq/cpuinfo_max_freq')) continue;
    const mhz = Number(evidence.line(path)) / 1000;
    if (Number.isFinite(mhz) && mhz > highest) highest = mhz;
  }
  if (highest > 0) return highest;
  // POWER runs at what it says: `3800.000000MHz`.
  const clock = Number.parseFloat(blocks[0]?.get('clock') ?? '');
  return Number.isFinite(clock) && clock > 0 ? clock : null;
}

/** `0-3,8` → 5. */
function countList(list: string | null): number {
  let count = 0;
  for (const range of list?.split(',') ?? []) {
    const [first = Number.NaN, last = first] = range.split('-').map(Number);
    if (last >= first && last - first < 4096) count += last - first + 1;
  }
  return count;
}
