import { formatBytes } from '../../../shared/model/amounts.ts';
import type { Facts, FactsSectionName, SectionData } from '../../../shared/model/facts.ts';
import type { DeviceFields } from '../../../shared/model/inventory.ts';
import { agreesOnMemory } from '../../../shared/model/memory.ts';
import { serialOf } from './identity/index.ts';

type Value = string | number | null;

/** A field of the device that machines also tell. */
export interface ComparedField {
  readonly field: keyof DeviceFields;
  readonly group: 'System' | 'Hardware';
  readonly label: string;
  readonly section: FactsSectionName;
  /** Reads it from a section that is ok. */
  readonly read: (facts: Facts) => Value;
  /** For a person. */
  readonly text: (value: string | number) => string;
  /** Whether both mean the same although they are not equal. */
  readonly same?: (declared: string, observed: string) => boolean;
  /** It changes with each update, without anybody deciding so: not declared by default. */
  readonly byItself?: true;
}

/** The data of a section, or undefined when it failed or is absent. */
function data<N extends FactsSectionName>(facts: Facts, name: N): SectionData<N> | undefined {
  const section = facts.sections[name];
  // The status says which, but TypeScript does not follow it through a generic name.
  return section.status === 'ok' ? (section.data as SectionData<N>) : undefined;
}

const asText = (value: string | number) => String(value);

export const comparedFields: readonly ComparedField[] = [
  {
    field: 'hostname',
    group: 'System',
    label: 'Host name',
    section: 'hostname',
    read: (facts) => data(facts, 'hostname')?.hostname ?? null,
    text: asText,
    same: sameHostname,
  },
  {
    field: 'os',
    group: 'System',
    label: 'Operating system',
    section: 'os',
    read: (facts) => data(facts, 'os')?.prettyName ?? null,
    text: asText,
    same: (declared, observed) => withoutPatch(declared) === withoutPatch(observed),
  },
  {
    field: 'kernel',
    group: 'System',
    label: 'Kernel',
    section: 'kernel',
    read: (facts) => data(facts, 'kernel')?.release ?? null,
    text: asText,
    byItself: true,
  },
  {
    field: 'architecture',
    group: 'System',
    label: 'Architecture',
    section: 'kernel',
    read: (facts) => data(facts, 'kernel')?.architecture ?? null,
    text: asText,
    same: (declared, observed) => commonName(declared) === commonName(observed),
  },
  {
    field: 'manufacturer',
    group: 'Hardware',
    label: 'Manufacturer',
    section: 'model',
    read: (facts) => data(facts, 'model')?.manufacturer ?? null,
    text: asText,
  },
  {
    field: 'model',
    group: 'Hardware',
    label: 'Model',
    section: 'model',
    read: (facts) => data(facts, 'model')?.model ?? null,
    text: asText,
  },
  {
    field: 'serial',
    group: 'Hardware',
    label: 'Serial number',
    section: 'model',
    read: serialOf,
    text: asText,
  },
  {
    field: 'cpuModel',
    group: 'Hardware',
    label: 'Processor',
    section: 'cpu',
    read: (facts) => data(facts, 'cpu')?.model ?? null,
    text: asText,
  },
  {
    field: 'cpuCores',
    group: 'Hardware',
    label: 'Cores',
    section: 'cpu',
    read: (facts) => data(facts, 'cpu')?.cores ?? null,
    text: asText,
  },
  {
    field: 'memoryBytes',
    group: 'Hardware',
    label: 'Memory',
    section: 'memory',
    read: (facts) => data(facts, 'memory')?.totalBytes ?? null,
    text: (value) => formatBytes(Number(value)),
    same: (declared, observed) => agreesOnMemory(Number(declared), Number(observed)),
  },
];

/** `Ubuntu 24.04.1 LTS` → `Ubuntu 24.04 LTS`, `FreeBSD 14.1-RELEASE-p5` → `FreeBSD 14.1-RELEASE`. */
function withoutPatch(system: string): string {
  return system.replace(/\b(\d+\.\d+)(\.\d+)+/, '$1').replace(/-p\d+\b/, '');
}

/** `pi-1` and `pi-1.lan` are one name where one of them is written short. */
function sameHostname(declared: string, observed: string): boolean {
  const [a, b] = [declared.toLowerCase(), observed.toLowerCase()];
  return a === b || (a.includes('.') !== b.includes('.') && firstLabel(a) === firstLabel(b));
}

function firstLabel(name: string): string {
  return name.split('.')[0] ?? name;
}

const architectures: Readonly<Record<string, string>> = {
  amd64: 'x86_64',
  'x86-64': 'x86_64',
  arm64: 'aarch64',
};

function commonName(architecture: string): string {
  const name = architecture.toLowerCase();
  return architectures[name] ?? name;
}
