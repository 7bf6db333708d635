import { z } from 'zod';
import type { BlockDevice } from '../../../shared/model/facts.ts';
import { fromPartitions, fromSysfs } from './block-devices-sysfs.ts';
import { disksOf } from './bsd.ts';
import { type ListedDevice, typeByName, typeOfWhole } from './listed-device.ts';
import { failed, jsonIn, ok, reasonOf, type SectionParser } from './outcome.ts';
import { mostItems } from './sanitize.ts';

const text = z.string().nullish().catch(null);
const word = z.union([z.string(), z.number(), z.boolean()]).nullish().catch(null);
const lsblkDevice = z.object({
  name: z.string(),
  kname: text,
  type: text,
  size: word,
  model: text,
  serial: text,
  rota: word,
  pkname: text,
  children: z.array(z.unknown()).nullish().catch(null),
});
const lsblkOutput = z.object({ blockdevices: z.array(z.unknown()) });

export const parseBlockDevices: SectionParser<'blockDevices'> = (evidence) => {
  const json = evidence.part('lsblk');
  const pairs = evidence.part('lsblk-pairs');
  // A list that was cut, or of another shape, is none; the same in plain words is asked then.
  const fromJson = json?.end === 0 ? readJson(json.text) : null;
  if (fromJson?.complete && fromJson.devices.length > 0) return ok(tidy(fromJson.devices));
  const fromPairs = pairs?.end === 0 ? readPairs(pairs.text) : [];
  if (fromPairs.length > 0) return ok(tidy(fromPairs));
  if (json?.end === 0 && !fromJson?.complete) evidence.doubt('lsblk');
  const seen = [...fromSysfs(evidence), ...fromPartitions(evidence)];
  if (seen.length > 0) return ok(tidy(seen));
  if (fromJson?.complete) return ok([]);
  // One bad device of many makes it end with a code of its own; the others still count.
  const rest = typeof json?.end === 'number' ? readJson(json.text)?.devices : undefined;
  if (rest && rest.length > 0) return ok(tidy(rest));
  const ofSystem = disksOf(evidence);
  if (ofSystem.length > 0) return ok(tidy(ofSystem));
  return failed(
    json ? reasonOf('lsblk', json, evidence) : 'Neither lsblk nor /sys/block is there.',
  );
};

/** Null where it is no list of devices; incomplete where some of it was not understood. */
function readJson(output: string): { devices: ListedDevice[]; complete: boolean } | null {
  const parsed = lsblkOutput.safeParse(jsonIn(output));
  if (!parsed.success) return null;
  const devices: ListedDevice[] = [];
  let complete = true;
  // Nested as deep as a stack of devices goes; with a list of its own, as a hostile one goes deeper.
  const open = parsed.data.blockdevices.map((told) => ({ told, parent: null as string | null }));
  open.reverse();
  while (devices.length < mostItems) {
    const next = open.pop();
    if (!next) break;
    const { data } = lsblkDevice.safeParse(next.told);
    if (!data) {
      complete = false;
      continue;
    }
    devices.push(listed(data, next.parent));
    const children = (data.children ?? []).map((told) => ({ told, parent: data.name }));
    for (const child of children.reverse()) open.push(child);
  }
  return { devices, complete };
}

function listed(told: z.infer<typeof lsblkDevice>, above: string | null): ListedDevice {
  const name = bareName(told.name);
  // Where it stands in the tree is its parent by the name of the list; PKNAME has the kernel's name.
  const parent = above === null ? told.pkname : above;
  return {
    name,
    kernelName: told.kname ? bareName(told.kname) : null,
    type: told.type || typeByName(name),
    sizeBytes: bytesIn(told.size),
    model: known(told.model),
    serial: known(told.serial),
    rotational: flagIn(told.rota),
    parents: parent ? [bareName(parent)] : [],
  };
}

/** `NAME="sda" TYPE="disk" SIZE="512110190592" …`, one device a line. */
function readPairs(output: string): ListedDevice[] {
  return output
    .split('\n')
    .slice(0, mostItems)
    .flatMap((line): ListedDevice[] => {
      const fields = new Map<string, string>();
      for (const [, key = '', value = ''] of line.matchAll(/\b([A-Z]{1,10})="([^"]{0,500})"/g)) {
        fields.set(key.toLowerCase(), value.replace(/\\x([0-9a-f]{2})/gi, unescapeHex));
      }
      const { data } = lsblkDevice.safeParse(Object.fromEntries(fields));
      return data && data.name !== '' ? [listed(data, null)] : [];
    });
}

function unescapeHex(_: string, hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}

/** `/dev/mapper/vault` is called so, too; `vg-root (dm-0)` by util-linux before 2.23. */
function bareName(told: string): string {
  const name = told.replace(/ \(dm-\d+\)$/, '').replaceAll('!', '/');
  return name.startsWith('/dev/') ? (name.split('/').at(-1) ?? name) : name;
}

function known(value: string | null | undefined): string | null {
  const told = value?.trim() ?? '';
  return told === '' || /^(\[?n\/a\]?|null|-)$/i.test(told) ? null : told;
}

const units = 'KMGTPE';

/** Bytes, also where an old lsblk prints them as text, or as `476.9G` in spite of -b. */
function bytesIn(size: string | number | boolean | null | undefined): number {
  if (typeof size === 'number') return size;
  const [, count, unit] =
    /^\s*(\d+(?:[.,]\d+)?)\s*([KMGTPE]?)(?:i?B)?\s*$/i.exec(String(size)) ?? [];
  if (count === undefined) return 0;
  const power = unit ? units.indexOf(unit.toUpperCase()) + 1 : 0;
  return Math.round(Number(count.replace(',', '.')) * 1024 ** power);
}

/** util-linux before 2.33 prints `"1"` and `"0"`. */
function flagIn(value: string | number | boolean | null | undefined): boolean | null {
  if (value === null || value === undefined || value === '') return null;
  return value === true || /^(1|true|yes)$/i.test(String(value));
}

/**
 * Once each, parents by the names of this list: a RAID stands below each of its members. Loops and
 * empty drives say nothing, unless something stands upon them.
 */
function tidy(devices: readonly ListedDevice[]): BlockDevice[] {
  const parentsByName = new Map<string, Set<string>>();
  const byName = new Map<string, ListedDevice>();
  const names = new Map<string, string>();
  for (const device of devices) {
    if (!byName.has(device.name)) byName.set(device.name, device);
    if (device.kernelName) names.set(device.kernelName, device.name);
    const parents = parentsByName.get(device.name) ?? new Set();
    parentsByName.set(device.name, parents);
    for (const parent of device.parents) parents.add(parent);
  }
  const nameOf = (told: string): string => (byName.has(told) ? told : (names.get(told) ?? told));
  const stoodUpon = new Set([...parentsByName.values()].flatMap((set) => [...set].map(nameOf)));
  const kept = [...byName.values()].filter((device) => isKept(device, stoodUpon));
  const isListed = new Set(kept.map(({ name }) => name));
  return kept.map(({ kernelName, parents: _, ...device }) => {
    const told = new Set([...(parentsByName.get(device.name) ?? [])].map(nameOf));
    const parents = [...told].filter((name) => isListed.has(name) && name !== device.name);
    return {
      ...device,
      type: typeOfWhole(device.type, kernelName ?? device.name),
      ...(kernelName !== null && kernelName !== device.name ? { kernelName } : {}),
      parent: parents[0] ?? null,
      ...(parents.length > 1 ? { parents } : {}),
    };
  });
}

function isKept(device: ListedDevice, stoodUpon: ReadonlySet<string>): boolean {
  if (!Number.isSafeInteger(device.sizeBytes) || device.sizeBytes <= 0) return false;
  if (/^ram\d/.test(device.name)) return false;
  return device.type !== 'loop' || stoodUpon.has(device.name);
}
