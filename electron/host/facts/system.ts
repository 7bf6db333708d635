import { modelOf, systemName } from './bsd.ts';
import { deviceTree } from './device-tree.ts';
import type { Evidence } from './evidence.ts';
import { absent, failed, ok, reasonOf, type SectionParser } from './outcome.ts';
import { containerKind } from './virtualization.ts';

export const parseOs: SectionParser<'os'> = (evidence) => {
  const lines = evidence.lines('/etc/os-release') ?? evidence.lines('/usr/lib/os-release');
  if (!lines) return osWithoutFile(evidence);
  const fields = new Map<string, string>();
  for (const line of lines) {
    const [, key, value] = /^\s*([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) fields.set(key, unquote(value.trim()));
  }
  const name = fields.get('NAME') || fields.get('PRETTY_NAME') || fields.get('ID');
  if (!name) return failed('/etc/os-release names no system.');
  const version = fields.get('VERSION_ID') || fields.get('BUILD_ID') || null;
  return ok({
    id: fields.get('ID') || 'linux',
    name,
    version,
    prettyName: fields.get('PRETTY_NAME') || [name, version].filter(Boolean).join(' '),
  });
};

/** macOS tells by sw_vers, the BSDs by uname; their appliances by a file of their own. */
function osWithoutFile(evidence: Evidence) {
  const mac = (field: string): string | undefined =>
    evidence
      .part('sw-vers')
      ?.text.split('\n')
      .find((line) => line.startsWith(`${field}:`))
      ?.slice(field.length + 1)
      .trim();
  const product = mac('ProductName');
  if (product) {
    const version = mac('ProductVersion') ?? null;
    return ok({
      id: 'macos',
      name: product,
      version,
      prettyName: [product, version].filter(Boolean).join(' '),
    });
  }
  const system = systemName(evidence);
  if (!system) return failed('There is no readable /etc/os-release.');
  const { name, release } = system;
  return ok({ id: name.toLowerCase(), name, version: release, prettyName: `${name} ${release}` });
}

const words = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\.|\s+|[^\s]/g;

/** os-release(5): shell quoting without expansion. */
function unquote(value: string): string {
  let text = '';
  // Words stand side by side, quoted in either way or not at all; what follows a blank is a comment.
  for (const [part, single, double] of value.slice(0, 2000).matchAll(words)) {
    if (/^\s/.test(part)) break;
    text += single ?? (double ?? part).replace(/\\(.)/g, '$1');
  }
  return text.trim();
}

export const parseKernel: SectionParser<'kernel'> = (evidence) => {
  const uname = evidence.part('uname');
  const [, name, release, architecture] = /^(\S+) (.+) (\S+)\s*$/m.exec(uname?.text ?? '') ?? [];
  if (uname?.end === 0 && name && release && architecture) {
    return ok({ name, release, architecture });
  }
  const fromProc = evidence.line('/proc/sys/kernel/osrelease');
  const arch = evidence.line('/proc/sys/kernel/arch');
  if (!fromProc || !arch) return failed(reasonOf('uname', uname, evidence));
  return ok({
    name: evidence.line('/proc/sys/kernel/ostype') ?? 'Linux',
    release: fromProc,
    architecture: arch,
  });
};

/** What makers leave in DMI where a name should be. The whole text: names do begin with X or 0. */
const placeholder =
  /^(to be filled.*|default[ _]string.*|\$\(.*\)|oem[ _]serial|system (manufacturer|product name|version|serial).*|not (specified|applicable|available).*|none|\[?n\/a\]?|null|o\.?e\.?m\.?|unknown|invalid|0+|x+|\.+)$/i;

const dmiPath = '/sys/class/dmi/id/';

/** What the firmware says, but not what it says where nobody filled it in. */
export function dmi(evidence: Evidence, name: string): string | null {
  const value = evidence.line(dmiPath + name);
  return value && !placeholder.test(value) ? value : null;
}

/** Boards with ARM tell their model and serial number here, too, at the end. */
function inCpuinfo(evidence: Evidence, name: string): string | null {
  const start = new RegExp(`^${name}\\s*: `);
  const line = evidence.lines('/proc/cpuinfo')?.findLast((text) => start.test(text));
  const value = line?.slice(line.indexOf(':') + 1).trim();
  return value && !placeholder.test(value) ? value : null;
}

export const parseModel: SectionParser<'model'> = (evidence) => {
  // What it sees is its host's.
  const container = containerKind(evidence);
  if (container) return absent(`A container (${container}) has no hardware of its own.`);
  const board = deviceTree(evidence, 'model') ?? inCpuinfo(evidence, 'Model');
  const product = dmi(evidence, 'product_name') ?? dmi(evidence, 'board_name');
  if (product) {
    const manufacturer = dmi(evidence, 'sys_vendor') ?? dmi(evidence, 'board_vendor');
    // Lenovo puts the name that is on the case into the version.
    const version = manufacturer === 'LENOVO' ? dmi(evidence, 'product_version') : null;
    const model = version ? `${version} (${product})` : product;
    return ok({ manufacturer, model, serial: dmi(evidence, 'product_serial'), source: 'dmi' });
  }
  if (board) {
    const manufacturer = board.startsWith('Raspberry Pi') ? 'Raspberry Pi' : null;
    const serial = deviceTree(evidence, 'serial-number') ?? inCpuinfo(evidence, 'Serial');
    return ok({ manufacturer, model: board, serial, source: 'device-tree' });
  }
  const ofSystem = modelOf(evidence);
  if (ofSystem) return ok(ofSystem);
  if (evidence.unreadable(`${dmiPath}product_name`)) return failed('The DMI may not be read.');
  const hasDmi = evidence.line(`${dmiPath}product_name`) ?? evidence.line(`${dmiPath}board_name`);
  if (hasDmi) return absent('The DMI of this machine names no model.');
  return absent('The machine has neither DMI nor a device tree.');
};
