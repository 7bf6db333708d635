import type { SectionData } from '../../../shared/model/facts.ts';
import type { Evidence } from './evidence.ts';
import type { ListedDevice } from './listed-device.ts';
import { sysctl, sysctlNumber } from './sysctl.ts';

/** What FreeBSD, OpenBSD, NetBSD and macOS tell by sysctl and tools of their own. Null: nothing told. */
export function processorOf(evidence: Evidence): SectionData<'cpu'> | null {
  const threads = sysctlNumber(
    evidence,
    'hw.ncpuonline',
    'hw.logicalcpu',
    'hw.ncpu',
    'kern.smp.cpus',
  );
  if (!threads) return null;
  const perCore = sysctlNumber(evidence, 'kern.smp.threads_per_core') ?? 1;
  const told = sysctlNumber(evidence, 'hw.physicalcpu', 'kern.smp.cores');
  const model = sysctl(evidence, 'machdep.cpu.brand_string', 'machdep.cpu_brand', 'hw.model');
  return {
    model: model?.replace(/\s+/g, ' ') ?? null,
    cores: told || Math.max(1, Math.floor(threads / Math.max(1, perCore))),
    threads,
    sockets: sysctlNumber(evidence, 'hw.packages') || null,
    maxMhz: sysctlNumber(evidence, 'hw.cpuspeed') || null,
  };
}

export function memoryOf(evidence: Evidence): SectionData<'memory'> | null {
  const totalBytes = sysctlNumber(
    evidence,
    'hw.physmem64',
    'hw.memsize',
    'hw.realmem',
    'hw.physmem',
  );
  if (!totalBytes) return null;
  const swap = swapOf(evidence);
  return {
    totalBytes,
    availableBytes: availableOf(evidence),
    swapTotalBytes: swap.total,
    swapFreeBytes: swap.free,
  };
}

/** Free pages and those that can be had at once. */
function availableOf(evidence: Evidence): number | null {
  const page = sysctlNumber(evidence, 'hw.pagesize', 'vm.stats.vm.v_page_size');
  const free = sysctlNumber(evidence, 'vm.stats.vm.v_free_count');
  if (page && free !== null) {
    const inactive = sysctlNumber(evidence, 'vm.stats.vm.v_inactive_count') ?? 0;
    return (free + inactive) * page;
  }
  const text = evidence.part('vm_stat')?.text ?? '';
  const size = Number(/page size of (\d{1,9}) bytes/.exec(text)?.[1]);
  const pages = (name: string): number =>
    Number(new RegExp(`^Pages ${name}:\\s{0,40}(\\d{1,15})`, 'm').exec(text)?.[1] ?? 0);
  return size > 0 ? (pages('free') + pages('inactive') + pages('speculative')) * size : null;
}

/** `swapinfo -k` and `swapctl -l -k` in KiB; macOS: `total = 2048.00M  used = 1.00M  free = …`. */
function swapOf(evidence: Evidence): { total: number; free: number } {
  const mac = sysctl(evidence, 'vm.swapusage') ?? '';
  const mib = (name: string): number =>
    Math.round(Number(new RegExp(`${name} = ([\\d.]{1,12})M`).exec(mac)?.[1] ?? 0) * 1024 ** 2);
  if (mac !== '') return { total: mib('total'), free: mib('free') };
  let [total, free] = [0, 0];
  for (const line of evidence.part('swap')?.text.split('\n') ?? []) {
    const [, size, left] = /^\/\S+\s+(\d{1,15})\s+\d{1,15}\s+(\d{1,15})\s/.exec(line) ?? [];
    total += Number(size ?? 0) * 1024;
    free += Number(left ?? 0) * 1024;
  }
  return { total, free };
}

/** `{ sec = 1700000000, usec = 0 } Tue …`, OpenBSD and NetBSD: a number or a date. */
export function uptimeOf(evidence: Evidence): number | null {
  const told = sysctl(evidence, 'kern.boottime') ?? '';
  const boot = Number(
    /\bsec = (\d{1,12})/.exec(told)?.[1] ?? (/^\d{1,12}$/.test(told) ? told : Number.NaN),
  );
  const started = Number.isNaN(boot) ? Date.parse(told) / 1000 : boot;
  const now = Number(/^(\d{1,12}) /m.exec(evidence.part('date')?.text ?? '')?.[1]);
  const seconds = now - started;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

/** `{ 0.52 0.58 0.59 }` or the three alone. */
export function loadOf(evidence: Evidence): readonly [number, number, number] | null {
  const told = sysctl(evidence, 'vm.loadavg') ?? '';
  const [, one, five, fifteen] =
    /^\{? ?([\d.]{1,9}),? ([\d.]{1,9}),? ([\d.]{1,9})/.exec(told) ?? [];
  const numbers = [Number(one), Number(five), Number(fifteen)] as const;
  return numbers.every(Number.isFinite) ? numbers : null;
}

/** The maker's name, model and serial number. */
export function modelOf(evidence: Evidence): SectionData<'model'> | null {
  const manufacturer = usable(
    sysctl(evidence, 'smbios.system.maker', 'hw.vendor', 'machdep.dmi.system-vendor'),
  );
  const isMac = sysctl(evidence, 'machdep.cpu.brand_string', 'kern.osproductversion') !== null;
  const model = usable(
    sysctl(evidence, 'smbios.system.product', 'hw.product', 'machdep.dmi.system-product') ??
      (isMac ? sysctl(evidence, 'hw.model') : null),
  );
  if (!model) return null;
  const serial = usable(
    sysctl(evidence, 'smbios.system.serial', 'hw.serialno', 'machdep.dmi.system-serial') ??
      ofPlatform(evidence, 'IOPlatformSerialNumber'),
  );
  return {
    manufacturer: manufacturer ?? (isMac ? 'Apple' : null),
    model,
    serial,
    source: 'system',
  };
}

/** `"IOPlatformUUID" = "…"` of `ioreg`. */
export function ofPlatform(evidence: Evidence, name: string): string | null {
  const text = evidence.part('ioreg')?.text ?? '';
  return new RegExp(`"${name}" = "([^"\n]{1,100})"`).exec(text)?.[1] ?? null;
}

const placeholder =
  /^(to be filled.*|default[ _]string.*|\$\(.*\)|oem[ _]serial|system .*|none|n\/a|unknown|not .*|0+|\.+)$/i;

export function usable(value: string | null): string | null {
  return value && !placeholder.test(value) ? value : null;
}

/** Of FreeBSD, `geom disk list`; of macOS, `diskutil info -all`. */
export function disksOf(evidence: Evidence): ListedDevice[] {
  const devices: ListedDevice[] = [];
  for (const block of evidence
    .part('geom')
    ?.text.split(/^Geom name: /m)
    .slice(1, 2000) ?? []) {
    const field = (name: string): string | undefined =>
      new RegExp(`^\\s{0,8}${name}: ?([^\n]{0,200})`, 'm').exec(block.slice(0, 4000))?.[1];
    const rate = field('rotationrate')?.trim();
    devices.push({
      ...plainDisk(
        block.split('\n', 1)[0]?.trim() ?? '',
        Number(/^\d{1,16}/.exec(field('Mediasize') ?? '')?.[0]),
      ),
      model: usable(field('descr')?.trim() ?? null),
      serial: usable(
        field('ident')
          ?.trim()
          .replace(/^\(null\)$/, '') ?? null,
      ),
      rotational: rate === undefined || rate === 'unknown' ? null : rate !== '0',
    });
  }
  for (const block of evidence
    .part('diskutil')
    ?.text.split(/^\*{5,}$/m)
    .slice(0, 2000) ?? []) {
    const name = /Device Identifier:\s{1,40}(\w{1,40})/.exec(block)?.[1];
    const size = Number(/Disk Size:[^\n(]{1,60}\((\d{1,16}) Bytes\)/.exec(block)?.[1]);
    const whole = /Part of Whole:\s{1,40}(\w{1,40})/.exec(block)?.[1];
    const model = /Device \/ Media Name:\s{1,40}([^\n]{1,100})/.exec(block)?.[1]?.trim();
    if (name === undefined) continue;
    const isPart = whole !== undefined && whole !== name;
    devices.push({
      ...plainDisk(name, size),
      type: isPart ? 'part' : 'disk',
      model: isPart ? null : (model ?? null),
      rotational: /Solid State:\s{1,40}Yes/.test(block) ? false : null,
      parents: isPart ? [whole] : [],
    });
  }
  return devices;
}

function plainDisk(name: string, sizeBytes: number): ListedDevice {
  const own = { name, kernelName: name, type: 'disk', sizeBytes: sizeBytes || 0, parents: [] };
  return { ...own, model: null, serial: null, rotational: null };
}

/** FreeBSD, OpenBSD, NetBSD or Darwin, where `uname` says so; null on Linux. */
export function systemName(evidence: Evidence): { name: string; release: string } | null {
  const [, name, release] =
    /^(\S{1,40}) (\S{1,80}) /m.exec(evidence.part('uname')?.text ?? '') ?? [];
  return name && release && name !== 'Linux' ? { name, release } : null;
}

const guests: Readonly<Record<string, string>> = {
  kvm: 'kvm',
  vmware: 'vmware',
  hv: 'microsoft',
  xen: 'xen',
  bhyve: 'bhyve',
  parallels: 'parallels',
  vbox: 'oracle',
  none: 'none',
};

/** A jail is told by `security.jail.jailed`, what runs the system by `kern.vm_guest`. */
export function virtualizationOf(evidence: Evidence): string | null {
  if (sysctl(evidence, 'security.jail.jailed') === '1') return 'jail';
  const guest = sysctl(evidence, 'kern.vm_guest');
  if (guest !== null) return (Object.hasOwn(guests, guest) ? guests[guest] : null) ?? 'vm-other';
  const present = sysctl(evidence, 'kern.hv_vmm_present');
  if (present !== null) return present === '1' ? 'vm-other' : 'none';
  return null;
}
