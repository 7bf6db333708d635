import type { DeviceFields } from '../../../shared/model/inventory.ts';
import { parseMemory } from '../../../shared/model/memory.ts';
import { formatBytes } from '../../ui/formatting.ts';
import { kindOptions, kindWords, statusOptions, statusWords } from '../devices/device-words.ts';
import { nameProblem } from '../devices/name-problem.ts';

type Options = readonly { readonly value: string; readonly label: string }[];

/** How one declared field is shown, checked and written back. */
export interface FieldSpec {
  readonly key: keyof DeviceFields;
  readonly label: string;
  readonly mono?: boolean;
  readonly multiline?: boolean;
  readonly options?: Options;
  readonly placeholder?: string;
  readonly value: (device: DeviceFields) => string;
  readonly display?: (device: DeviceFields) => string;
  readonly validate?: (text: string, device: DeviceFields) => string | null;
  readonly patch: (text: string) => Partial<DeviceFields>;
}

type TextKey =
  | 'hostname'
  | 'manufacturer'
  | 'model'
  | 'serial'
  | 'os'
  | 'kernel'
  | 'architecture'
  | 'cpuModel'
  | 'sshHost'
  | 'sshUser'
  | 'sshIdentityFile'
  | 'sshJump'
  | 'comment';
type NumberKey = 'position' | 'heightUnits' | 'cpuCores' | 'sshPort';

interface Extra {
  readonly mono?: boolean;
  readonly multiline?: boolean;
  readonly placeholder?: string;
}

/** As long as the inventory takes it. */
const atMost = (limit: number) => (typed: string) =>
  typed.length <= limit ? null : `${limit.toLocaleString('en')} characters at most.`;

function text(key: TextKey, label: string, extra: Extra = {}): FieldSpec {
  return {
    key,
    label,
    ...extra,
    value: (device) => device[key] ?? '',
    validate: atMost(key === 'comment' ? 20_000 : 500),
    patch: (typed) => ({ [key]: typed === '' ? null : typed }),
  };
}

function number(key: NumberKey, label: string, [min, max]: readonly [number, number]): FieldSpec {
  return {
    key,
    label,
    value: (device) => String(device[key] ?? ''),
    validate(typed, device) {
      if (key === 'position' && typed !== '' && device.rackId === null) {
        return 'Choose a rack first: units are counted from its bottom.';
      }
      const n = Number(typed);
      const ok = typed === '' || (Number.isInteger(n) && n >= min && n <= max);
      return ok ? null : `A whole number from ${min} to ${max}.`;
    },
    // A height is never unknown; everything else may be.
    patch: (typed) => ({
      [key]: typed === '' ? (key === 'heightUnits' ? 1 : null) : Number(typed),
    }),
  };
}

/** Beyond what any one machine has; a slip in the unit is likelier. */
const mostMemory = 1024 ** 5;

const memory: FieldSpec = {
  key: 'memoryBytes',
  label: 'Memory',
  placeholder: '16 GiB',
  value: (device) => (device.memoryBytes === null ? '' : formatBytes(device.memoryBytes)),
  validate(typed) {
    if (typed === '') return null;
    const bytes = parseMemory(typed);
    if (bytes === null) return 'A size such as 16 GiB or 512 MiB.';
    if (bytes === 0) return 'No machine has none. Leave it empty where it is not known.';
    return bytes <= mostMemory ? null : 'At most 1 PiB. Check the unit.';
  },
  patch: (typed) => ({ memoryBytes: typed === '' ? null : parseMemory(typed) }),
};

const name: FieldSpec = {
  key: 'name',
  label: 'Name',
  value: (device) => device.name,
  validate: (typed) => nameProblem(typed),
  patch: (typed) => ({ name: typed }),
};

const kind: FieldSpec = {
  key: 'kind',
  label: 'Kind',
  options: kindOptions,
  value: (device) => device.kind,
  display: (device) => kindWords[device.kind].label,
  patch: (typed) => ({ kind: typed as DeviceFields['kind'] }), // one of its own options
};

const status: FieldSpec = {
  key: 'status',
  label: 'Status',
  options: statusOptions,
  value: (device) => device.status,
  display: (device) => statusWords[device.status].label,
  patch: (typed) => ({ status: typed as DeviceFields['status'] }), // one of its own options
};

/** The declared fields in groups; the rack itself is added where its list is known. */
export const fieldGroups: readonly { readonly title: string; readonly fields: FieldSpec[] }[] = [
  {
    title: 'Identity',
    fields: [
      name,
      kind,
      status,
      text('hostname', 'Host name', { mono: true }),
      text('serial', 'Serial number', { mono: true }),
      text('comment', 'Comment', { multiline: true }),
    ],
  },
  {
    title: 'Hardware',
    fields: [
      text('manufacturer', 'Manufacturer'),
      text('model', 'Model'),
      text('cpuModel', 'Processor'),
      number('cpuCores', 'Cores', [1, 4096]),
      memory,
    ],
  },
  {
    title: 'System',
    fields: [text('os', 'System'), text('kernel', 'Kernel'), text('architecture', 'Architecture')],
  },
  {
    title: 'Place',
    fields: [
      number('position', 'Lowest unit', [1, 100]),
      number('heightUnits', 'Height in units', [0, 50]),
    ],
  },
  {
    title: 'SSH',
    fields: [
      text('sshHost', 'Host', { mono: true, placeholder: 'Name, address or alias' }),
      number('sshPort', 'Port', [1, 65_535]),
      text('sshUser', 'User', { mono: true }),
      text('sshIdentityFile', 'Key file', { mono: true, placeholder: '~/.ssh/id_ed25519' }),
      text('sshJump', 'Jump hosts', { mono: true, placeholder: 'user@jump:22, other' }),
    ],
  },
];

/** The rack a device stands in; its unit there does not move along to another rack. */
export function rackField(racks: Options, rackName: string | null): FieldSpec {
  return {
    key: 'rackId',
    label: 'Rack',
    options: [{ value: 'none', label: 'Not in a rack' }, ...racks],
    value: (device) => device.rackId ?? '',
    // Known though the list of racks is still being read.
    display: () => rackName ?? '',
    patch: (typed) => ({ rackId: typed === 'none' || typed === '' ? null : typed, position: null }),
  };
}
