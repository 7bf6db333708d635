import type { Evidence } from './evidence.ts';
import { failed, ok, type SectionParser } from './outcome.ts';

/** `CPU part` of implementer 0x41 (Arm), as lscpu names them. */
const armParts: Readonly<Record<string, string>> = {
  '0xb76': 'ARM1176',
  '0xc07': 'Cortex-A7',
  '0xc08': 'Cortex-A8',
  '0xc09': 'Cortex-A9',
  '0xc0f': 'Cortex-A15',
  '0xd03': 'Cortex-A53',
  '0xd04': 'Cortex-A35',
  '0xd05': 'Cortex-A55',
  '0xd07': 'Cortex-A57',
  '0xd08': 'Cortex-A72',
  '0xd09': 'Cortex-A73',
  '0xd0a': 'Cortex-A75',
  '0xd0b': 'Cortex-A76',
  '0xd0c': 'Neoverse-N1',
  '0xd0d': 'Cortex-A77',
  '0xd40': 'Neoverse-V1',
  '0xd41': 'Cortex-A78',
  '0xd44': 'Cortex-X1',
  '0xd46': 'Cortex-A510',
  '0xd47': 'Cortex-A710',
  '0xd49': 'Neoverse-N2',
  '0xd4f': 'Neoverse-V2',
};

type Block = ReadonlyMap<string, string>;

export const parseCpu: SectionParser<'cpu'> = (evidence) => {
  const { blocks, rest } = readCpuinfo(evidence.lines('/proc/cpuinfo') ?? []);
  const threads = blocks.length || countList(evidence.line('/sys/devices/system/cpu/online'));
  if (threads === 0) return failed('Neither /proc/cpuinfo nor /sys tells of a processor.');
  const cores = coreIds(blocks, evidence);
  const sockets = new Set(
    blocks.map((block) => block.get('physical id')).filter((id) => id !== undefined),
  );
  return ok({
    model: modelOf(blocks, rest),
    cores: cores.size || threads,
    threads,
    sockets: sockets.size || null,
    maxMhz: maxMhz(evidence),
  });
};

/** One block for each `processor` line; the Pi adds one of its own without. */
function readCpuinfo(lines: readonly string[]): { blocks: Block[]; rest: Block } {
  const blocks: Map<string, string>[] = [];
  const rest = new Map<string, string>();
  let current = rest;
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (line.trim() === '') current = rest;
    if (colon < 1) continue;
    const [key, value] = [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    if (key === 'processor') {
      current = new Map();
      blocks.push(current);
    }
    current.set(key, value);
  }
  return { blocks, rest };
}

function modelOf(blocks: readonly Block[], rest: Block): string | null {
  const counts = new Map<string, number>();
  for (const block of blocks) {
    const part = block.get('CPU implementer') === '0x41' && armParts[block.get('CPU part') ?? ''];
    const name = part || block.get('model name') || block.get('uarch') || block.get('cpu model');
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const [only] = counts.keys();
  if (counts.size === 1 && only !== undefined) return only.replace(/\s+/g, ' ');
  if (counts.size > 1) return [...counts].map(([name, n]) => `${n}× ${name}`).join(' + ');
  return rest.get('Hardware') || rest.get('cpu') || null;
}

/** One for each core; empty when some processor's is not told. */
function coreIds(blocks: readonly Block[], evidence: Evidence): Set<string> {
  const ids = new Set<string>();
  for (const block of blocks) {
    const core = block.get('core id');
    if (core !== undefined) ids.add(`${block.get('physical id') ?? 0}:${core}`);
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

function maxMhz(evidence: Evidence): number | null {
  const values = evidence.paths
    .filter((path) => path.endsWith('/cpufreq/cpuinfo_max_freq'))
    .map((path) => Number(evidence.line(path)) / 1000)
    .filter((mhz) => Number.isFinite(mhz) && mhz > 0);
  return values.length > 0 ? Math.max(...values) : null;
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
