/** `CPU implementer` of /proc/cpuinfo: who designed the core, and its parts by `CPU part`. */
interface Implementer {
  readonly name: string;
  readonly parts: Readonly<Record<string, string>>;
}

const arm: Readonly<Record<string, string>> = {
  '0x920': 'ARM920',
  '0x926': 'ARM926',
  '0xb02': 'ARM11 MPCore',
  '0xb36': 'ARM1136',
  '0xb56': 'ARM1156',
  '0xb76': 'ARM1176',
  '0xc05': 'Cortex-A5',
  '0xc07': 'Cortex-A7',
  '0xc08': 'Cortex-A8',
  '0xc09': 'Cortex-A9',
  '0xc0d': 'Cortex-A17',
  '0xc0e': 'Cortex-A17',
  '0xc0f': 'Cortex-A15',
  '0xd01': 'Cortex-A32',
  '0xd02': 'Cortex-A34',
  '0xd03': 'Cortex-A53',
  '0xd04': 'Cortex-A35',
  '0xd05': 'Cortex-A55',
  '0xd06': 'Cortex-A65',
  '0xd07': 'Cortex-A57',
  '0xd08': 'Cortex-A72',
  '0xd09': 'Cortex-A73',
  '0xd0a': 'Cortex-A75',
  '0xd0b': 'Cortex-A76',
  '0xd0c': 'Neoverse-N1',
  '0xd0d': 'Cortex-A77',
  '0xd0e': 'Cortex-A76AE',
  '0xd40': 'Neoverse-V1',
  '0xd41': 'Cortex-A78',
  '0xd42': 'Cortex-A78AE',
  '0xd43': 'Cortex-A65AE',
  '0xd44': 'Cortex-X1',
  '0xd46': 'Cortex-A510',
  '0xd47': 'Cortex-A710',
  '0xd48': 'Cortex-X2',
  '0xd49': 'Neoverse-N2',
  '0xd4a': 'Neoverse-E1',
  '0xd4b': 'Cortex-A78C',
  '0xd4c': 'Cortex-X1C',
  '0xd4d': 'Cortex-A715',
  '0xd4e': 'Cortex-X3',
  '0xd4f': 'Neoverse-V2',
  '0xd80': 'Cortex-A520',
  '0xd81': 'Cortex-A720',
  '0xd82': 'Cortex-X4',
  '0xd83': 'Neoverse-V3AE',
  '0xd84': 'Neoverse-V3',
  '0xd85': 'Cortex-X925',
  '0xd87': 'Cortex-A725',
  '0xd88': 'Cortex-A520AE',
  '0xd89': 'Cortex-A720AE',
  '0xd8e': 'Neoverse-N3',
  '0xd8f': 'Cortex-A320',
};

const apple: Readonly<Record<string, string>> = {
  '0x020': 'Icestorm (A14)',
  '0x021': 'Firestorm (A14)',
  '0x022': 'Icestorm (M1)',
  '0x023': 'Firestorm (M1)',
  '0x024': 'Icestorm (M1 Pro)',
  '0x025': 'Firestorm (M1 Pro)',
  '0x028': 'Icestorm (M1 Max)',
  '0x029': 'Firestorm (M1 Max)',
  '0x032': 'Blizzard (M2)',
  '0x033': 'Avalanche (M2)',
  '0x034': 'Blizzard (M2 Pro)',
  '0x035': 'Avalanche (M2 Pro)',
  '0x038': 'Blizzard (M2 Max)',
  '0x039': 'Avalanche (M2 Max)',
};

const cavium: Readonly<Record<string, string>> = {
  '0x0a0': 'ThunderX',
  '0x0a1': 'ThunderX 88XX',
  '0x0a2': 'ThunderX 81XX',
  '0x0a3': 'ThunderX 83XX',
  '0x0af': 'ThunderX2 99xx',
  '0x0b1': 'OcteonTX2 98XX',
  '0x0b2': 'OcteonTX2 96XX',
};

const qualcomm: Readonly<Record<string, string>> = {
  '0x001': 'Oryon',
  '0x00f': 'Scorpion',
  '0x04d': 'Krait',
  '0x06f': 'Krait',
  '0x201': 'Kryo',
  '0x205': 'Kryo',
  '0x211': 'Kryo',
  '0x800': 'Kryo 2XX Gold',
  '0x801': 'Kryo 2XX Silver',
  '0x802': 'Kryo 3XX Gold',
  '0x803': 'Kryo 3XX Silver',
  '0x804': 'Kryo 4XX Gold',
  '0x805': 'Kryo 4XX Silver',
  '0xc00': 'Falkor',
};

const implementers: Readonly<Record<string, Implementer>> = {
  '0x41': { name: 'ARM', parts: arm },
  '0x42': {
    name: 'Broadcom',
    parts: { '0x00f': 'Brahma-B15', '0x100': 'Brahma-B53', '0x516': 'ThunderX2' },
  },
  '0x43': { name: 'Cavium', parts: cavium },
  '0x46': { name: 'Fujitsu', parts: { '0x001': 'A64FX', '0x003': 'MONAKA' } },
  '0x48': {
    name: 'HiSilicon',
    parts: {
      '0xd01': 'TaiShan v110',
      '0xd02': 'TaiShan v120',
      '0xd40': 'Cortex-A76',
      '0xd41': 'Cortex-A77',
    },
  },
  '0x4e': {
    name: 'NVIDIA',
    parts: { '0x000': 'Denver', '0x003': 'Denver 2', '0x004': 'Carmel', '0x010': 'Olympus' },
  },
  '0x50': { name: 'APM', parts: { '0x000': 'X-Gene' } },
  '0x51': { name: 'Qualcomm', parts: qualcomm },
  '0x53': {
    name: 'Samsung',
    parts: {
      '0x001': 'Exynos M1',
      '0x002': 'Exynos M3',
      '0x003': 'Exynos M4',
      '0x004': 'Exynos M5',
    },
  },
  '0x56': {
    name: 'Marvell',
    parts: { '0x131': 'Feroceon 88FR131', '0x581': 'PJ4', '0x584': 'PJ4B-MP' },
  },
  '0x61': { name: 'Apple', parts: apple },
  '0x63': { name: 'Arm China', parts: {} },
  '0x69': { name: 'Intel', parts: {} },
  '0x6d': { name: 'Microsoft', parts: { '0xd49': 'Azure Cobalt 100' } },
  '0x70': {
    name: 'Phytium',
    parts: {
      '0x303': 'FTC310',
      '0x660': 'FTC660',
      '0x661': 'FTC661',
      '0x662': 'FTC662',
      '0x663': 'FTC663',
      '0x664': 'FTC664',
      '0x862': 'FTC862',
    },
  },
  '0xc0': {
    name: 'Ampere',
    parts: { '0xac3': 'Ampere-1', '0xac4': 'Ampere-1a', '0xac5': 'Ampere-1b' },
  },
};

/** `Cortex-A76`; a core that is not in the table is none the less one: `part 0xd99 (ARM)`. */
export function armCore(implementer: string | undefined, part: string | undefined): string | null {
  if (implementer === undefined || part === undefined) return null;
  const known = Object.hasOwn(implementers, implementer) ? implementers[implementer] : undefined;
  const name = known && Object.hasOwn(known.parts, part) ? known.parts[part] : undefined;
  return name ?? `part ${part} (${known?.name ?? `implementer ${implementer}`})`;
}
