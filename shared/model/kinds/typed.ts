import { formatAddress, parseAddress } from '../../network/address.ts';
import { formatPrefix, parseHostAddress, parsePrefix } from '../../network/prefix.ts';
import { formatRange, parseRange } from '../../network/range.ts';
import type { Field, FieldValue, NetworkField, NumberField } from './field.ts';

/** What a person typed, understood, or the sentence that says what would be. */
export type Typed = { readonly value: FieldValue } | { readonly problem: string };

const understood = (value: FieldValue | undefined, otherwise: string): Typed =>
  value === undefined ? { problem: otherwise } : { value };

/**
 * Reads what a person types into a field: `1g`, `2.5 GbE`, `16G`, `10.0.0.1/24`, `U12`, `aa-bb…`, `yes`.
 * Nothing at all means: not declared. A reference is not read here: its names stand in the inventory.
 */
export function parseTyped(field: Exclude<Field, { type: 'reference' }>, typed: string): Typed {
  const text = typed.trim();
  if (text === '') return { value: null };
  switch (field.type) {
    case 'text':
    case 'url':
    case 'colour':
      return within(field.most, text);
    case 'long-text':
      return within(field.most, typed);
    case 'boolean':
      return understood(parseYesNo(text), 'Say yes or no.');
    case 'choice': {
      const wanted = text.toLowerCase().replaceAll(/[\s_]+/g, '-');
      const option = field.options.find((one) => one.toLowerCase() === wanted);
      return understood(option, `One of ${field.options.join(', ')}.`);
    }
    case 'address':
    case 'host-address':
    case 'prefix':
    case 'range':
    case 'mac':
      return understood(canonicalNetwork(field.type, text), networkForms[field.type]);
    default:
      return parseAmount(field, text);
  }
}

function within(most: number, text: string): Typed {
  return text.length <= most ? { value: text } : { problem: `${most} characters at the most.` };
}

function parseYesNo(text: string): boolean | undefined {
  if (/^(yes|y|true|on|1)$/i.test(text)) return true;
  return /^(no|n|false|off|0)$/i.test(text) ? false : undefined;
}

const networkForms: Readonly<Record<NetworkField['type'], string>> = {
  address: 'An address such as 10.0.0.1 or fd00::1.',
  'host-address': 'An address with its prefix length, such as 10.0.0.1/24.',
  prefix: 'A prefix such as 10.0.0.0/24; the bits after its length are zero.',
  range: 'A range such as 10.0.0.100-10.0.0.199.',
  mac: 'A MAC address such as aa:bb:cc:dd:ee:ff.',
};

/** The one form in which it is kept and compared; undefined when it is none of that type. */
export function canonicalNetwork(type: NetworkField['type'], text: string): string | undefined {
  switch (type) {
    case 'address': {
      const address = parseAddress(text);
      return address && formatAddress(address);
    }
    case 'host-address': {
      const host = text.includes('/') ? parseHostAddress(text) : undefined;
      return host && `${formatAddress(host.address)}/${host.length}`;
    }
    case 'prefix': {
      const prefix = parsePrefix(text);
      return prefix && formatPrefix(prefix);
    }
    case 'range': {
      const range = parseRange(text);
      return range && formatRange(range);
    }
    case 'mac':
      return canonicalMac(text);
  }
}

function canonicalMac(text: string): string | undefined {
  const digits = text
    .trim()
    .toLowerCase()
    .replaceAll(/[:.\s-]/g, '');
  return /^[0-9a-f]{12}$/.test(digits) ? digits.replaceAll(/(..)(?=.)/g, '$1:') : undefined;
}

/** How much one of a unit is, by what it may be called; `` is what a bare number counts. */
type Units = Readonly<Record<string, number>>;

const binary = (power: number) => 1024 ** power;
const unitsOf: Readonly<Record<NumberField['type'], Units>> = {
  integer: { '': 1 },
  // People say GB of memory and mean what firmware counts.
  bytes: {
    '': binary(3),
    b: 1,
    ...Object.fromEntries(
      ['k', 'm', 'g', 't', 'p'].flatMap((letter, index) => [
        [letter, binary(index + 1)],
        [`${letter}b`, binary(index + 1)],
        [`${letter}ib`, binary(index + 1)],
      ]),
    ),
  },
  speed: {
    '': 1,
    m: 1,
    mbit: 1,
    'mbit/s': 1,
    mbps: 1,
    g: 1_000,
    gbe: 1_000,
    ge: 1_000,
    gbit: 1_000,
    'gbit/s': 1_000,
    gbps: 1_000,
    gb: 1_000,
    t: 1_000_000,
  },
  watts: { '': 1, w: 1, kw: 1_000, va: 1 },
  'watt-hours': { '': 1, wh: 1, kwh: 1_000 },
  amperes: { '': 1, a: 1 },
  volts: { '': 1, v: 1 },
  length: { '': 1, mm: 1, cm: 10, m: 1_000, in: 25.4, '"': 25.4, ft: 304.8 },
  units: { '': 1, u: 1, he: 1, ru: 1 },
  minutes: { '': 1, min: 1, m: 1, h: 60 },
};

const exampleOf: Readonly<Record<NumberField['type'], string>> = {
  integer: 'A whole number',
  bytes: 'A size such as 16 GiB or 512 MiB',
  speed: 'A speed such as 1G, 2.5 GbE or 100 Mbit/s',
  watts: 'A power such as 65 W',
  'watt-hours': 'A battery such as 400 Wh',
  amperes: 'A current such as 16 A',
  volts: 'A voltage such as 230 V',
  length: 'A length such as 2 m or 30 cm',
  units: 'A unit such as 12 or U12',
  minutes: 'A time such as 15 min',
};

function parseAmount(field: NumberField, text: string): Typed {
  const bare = field.type === 'units' ? text.replace(/^(u|he)\s*(?=\d)/i, '') : text;
  const [, amount = '', unit = ''] = /^(\d+(?:[.,]\d+)?)\s*(\D*)$/.exec(bare) ?? [];
  const factor = amount === '' ? undefined : unitsOf[field.type][unit.trim().toLowerCase()];
  const step = field.step ?? 1;
  const value =
    factor === undefined
      ? Number.NaN
      : Math.round((Number(amount.replace(',', '.')) * factor) / step) * step;
  const exact = factor === 1 && field.type !== 'bytes' ? Number(amount.replace(',', '.')) : value;
  if (value !== exact || !(value >= field.least && value <= field.most)) {
    return {
      problem: `${exampleOf[field.type]}, from ${formatTyped(field, field.least)} to ${formatTyped(field, field.most)}.`,
    };
  }
  return { value };
}

/** The value as a person would type it, so that it reads back as itself. Null is the empty text. */
export function formatTyped(field: Field, value: FieldValue): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  switch (field.type) {
    case 'bytes':
      return formatScaled(value, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'], 1024);
    case 'speed':
      return formatScaled(value, ['Mbit/s', 'Gbit/s'], 1_000);
    case 'watts':
      return `${value} W`;
    case 'watt-hours':
      return `${value} Wh`;
    case 'amperes':
      return `${value} A`;
    case 'volts':
      return `${value} V`;
    case 'length':
      return value >= 1_000 && value % 10 === 0 ? `${value / 1_000} m` : `${value} mm`;
    case 'minutes':
      return `${value} min`;
    default:
      return String(value);
  }
}

/** In the largest unit in which it is exact within two digits, else in the smallest. */
function formatScaled(value: number, names: readonly string[], base: number): string {
  for (let power = names.length - 1; power > 0; power -= 1) {
    const scaled = value / base ** power;
    if (scaled >= 1 && Number(scaled.toFixed(2)) === scaled) return `${scaled} ${names[power]}`;
  }
  return `${value} ${names[0]}`;
}
