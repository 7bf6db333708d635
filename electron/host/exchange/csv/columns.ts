import { type Kind, kindOf, kinds } from '../../../../shared/model/kinds/index.ts';
import { fieldOfWord, plain } from '../file-words.ts';

/**
 * What a column of a table is of a row: `id`, a field, `!field` for a yes that means no, or
 * `field.part`: the part of what a field refers to, such as the device of an interface.
 */
export type ColumnTarget = string;

/** What is noted of a row: all of its tags, and `custom.NAME` for each custom field. */
export const tagsTarget = 'tags';
export const customTarget = 'custom.';

/** As NetBox and others call fields that are called otherwise here; letters and digits alone. */
const aliases: Readonly<Record<string, Readonly<Record<string, ColumnTarget>>>> = {
  '': { comments: 'comment', note: 'comment', notes: 'comment', color: 'colour', uuid: 'id' },
  device: {
    role: 'kind',
    devicerole: 'kind',
    uheight: 'heightUnits',
    platform: 'os',
    ram: 'memoryBytes',
    cpu: 'cpuModel',
    vendor: 'manufacturer',
    serialnumber: 'serial',
    unit: 'position',
    parentdevice: 'parent',
    devicebay: 'bay',
    location: 'rack',
  },
  rack: { uheight: 'heightUnits', location: 'room' },
  interface: {
    enabled: '!disabled',
    mgmtonly: 'management',
    speedkbps: 'speedMbps',
    poemode: 'poe',
  },
  vlan: { vid: 'number', vlanid: 'number', id: 'number', role: 'traffic' },
  address: { ip: 'address', ipaddress: 'address', dns: 'dnsName', hostname: 'dnsName' },
  mac: { macaddress: 'mac' },
  'device-type': { uheight: 'heightUnits', isfulldepth: 'fullDepth', subdevicerole: 'bays' },
  cable: { lengthm: 'length' },
  'ci-runner': { tags: 'labels' },
};

/** Descriptions go where a kind has a place for a short text. */
const descriptions = new Set(['description', 'desc']);

/** What each column is, by its name in the first row; null for one that has no place. */
export function mapColumns(kind: Kind, headers: readonly string[]): (ColumnTarget | null)[] {
  const taken = new Set<ColumnTarget>();
  return headers.map((header) => {
    const target = targetOf(kind, header, taken);
    if (target === undefined || taken.has(target)) return null;
    taken.add(target);
    return target;
  });
}

function targetOf(
  kind: Kind,
  header: string,
  taken: ReadonlySet<ColumnTarget>,
): ColumnTarget | undefined {
  const word = plain(header);
  if (word === '') return undefined;
  if (header.trim().toLowerCase().startsWith(customTarget)) {
    return customTarget + header.trim().slice(customTarget.length);
  }
  if (word === 'id' && header.trim() === 'id') return 'id';
  const own = fieldOfWord(kind, header);
  if (own !== undefined && !taken.has(own)) return own;
  if (descriptions.has(word)) {
    return ['purpose', 'comment'].find((name) => Object.hasOwn(kind.fields, name));
  }
  const alias = aliasOf(kind.name, word) ?? aliasOf('', word);
  if (alias !== undefined && isTarget(kind, alias) && !taken.has(alias)) return alias;
  if (word === tagsTarget) return tagsTarget;
  return partTargets(kind).find((target) => plain(target.split('.')[1] ?? '') === word);
}

/** A column may be called `constructor`. */
function aliasOf(kind: string, word: string): ColumnTarget | undefined {
  const words = aliases[kind] ?? {};
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

/** `interface.device` and the like: where a name of two parts stands in two columns. */
function partTargets(kind: Kind): ColumnTarget[] {
  return Object.entries(kind.fields).flatMap(([name, field]) => {
    if (field.type !== 'reference') return [];
    const [outer, inner] = kindOf(field.to).key;
    return outer === undefined || inner === undefined || Object.hasOwn(kind.fields, outer)
      ? []
      : [`${name}.${outer}`];
  });
}

/** Every target that a column may have, for a person who chooses. */
export function targetsOf(kind: Kind): ColumnTarget[] {
  return ['id', ...Object.keys(kind.fields), ...partTargets(kind), tagsTarget];
}

export function isTarget(kind: Kind, target: ColumnTarget): boolean {
  return (
    targetsOf(kind).includes(target.replace(/^!/, '')) ||
    (target.startsWith(customTarget) && target.length > customTarget.length)
  );
}

/** The kind whose rows the file holds, by its name and its first row; undefined where that is unclear. */
export function guessKind(headers: readonly string[], fileName: string): Kind | undefined {
  const name = plain(fileName.replace(/^.*[/\\]/, '').replace(/\.\w+$/, ''));
  const called = (kinds as readonly Kind[]).find((kind) =>
    [kind.name, kind.plural].map(plain).includes(name),
  );
  if (called !== undefined) return called;
  const scores = (kinds as readonly Kind[]).flatMap((kind) => {
    const targets = mapColumns(kind, headers).filter((target) => target !== null);
    const isNamed = kind.key.every(
      (field) =>
        targets.includes(field) || field === kind.owner || kind.fields[field]?.required !== true,
    );
    return isNamed && targets.length > 0 ? [{ kind, score: targets.length }] : [];
  });
  const [best, second] = scores.sort((a, b) => b.score - a.score);
  return best !== undefined && best.score > (second?.score ?? 0) ? best.kind : undefined;
}
