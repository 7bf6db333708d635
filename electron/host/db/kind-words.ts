import type { DeviceKind } from '../../../shared/model/inventory.ts';

/** What a whole kind of things is asked for by. */
export type SearchKind = { readonly table: Table } | { readonly device: DeviceKind };

type Table = 'device' | 'service' | 'vlan' | 'rack' | 'site';

const tableWords: Readonly<Record<Table, readonly string[]>> = {
  device: ['device', 'machine', 'node'],
  service: ['service'],
  vlan: ['vlan', 'network'],
  rack: ['rack', 'cabinet'],
  site: ['site'],
};

/** As the face calls them, and as people do. */
const deviceWords: Readonly<Record<DeviceKind, readonly string[]>> = {
  server: ['server'],
  sbc: ['sbc', 'board', 'single-board computer'],
  'gpu-server': ['gpu machine', 'gpu server', 'gpu-server'],
  nas: ['nas'],
  switch: ['switch'],
  router: ['router'],
  'access-point': ['access point', 'access-point', 'ap'],
  ups: ['ups'],
  pdu: ['pdu'],
  vm: ['vm', 'virtual machine'],
  other: [],
};

/** `switches`, `racks`, `NASes`: one or many, however it is written. */
const plurals = (word: string) => [word, `${word}s`, `${word}es`];

function entriesOf<K extends string>(
  words: Readonly<Record<K, readonly string[]>>,
  kind: (key: K) => SearchKind,
): (readonly [string, SearchKind])[] {
  const keys = Object.keys(words) as K[]; // keys() forgets which they are
  return keys.flatMap((key) =>
    words[key].flatMap(plurals).map((word) => [word, kind(key)] as const),
  );
}

const kinds: ReadonlyMap<string, SearchKind> = new Map([
  ...entriesOf(deviceWords, (device) => ({ device })),
  ...entriesOf(tableWords, (table) => ({ table })),
]);

/** The kind of things that this is a word for, or undefined: `Racks`, `virtual machine`. */
export function kindOf(text: string): SearchKind | undefined {
  return kinds.get(text.trim().toLowerCase().replaceAll(/\s+/g, ' '));
}
