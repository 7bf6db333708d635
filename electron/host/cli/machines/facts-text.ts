import { formatBytes, formatCount } from '../../../../shared/model/amounts.ts';
import type { Facts, FactsSectionName, SectionData } from '../../../../shared/model/facts.ts';
import { formatTable } from '../terminal/text-table.ts';

type Describe = { readonly [N in FactsSectionName]: (data: SectionData<N>) => string[] };

/** A few lines for each section, as a person would want to read them. */
const describe: Describe = {
  hostname: (d) => [d.fqdn && d.fqdn !== d.hostname ? `${d.hostname} (${d.fqdn})` : d.hostname],
  machineId: (d) => [d.machineId],
  os: (d) => [d.prettyName],
  kernel: (d) => [`${d.name} ${d.release}, ${d.architecture}`],
  model: (d) => [
    [d.manufacturer, d.model, d.serial && `serial ${d.serial}`].filter(Boolean).join(', '),
  ],
  cpu: (d) => [`${d.model ?? 'unknown model'}, ${d.cores} cores, ${d.threads} threads`],
  memory: (d) => [`${formatBytes(d.totalBytes)}, swap ${formatBytes(d.swapTotalBytes)}`],
  blockDevices: (d) =>
    d.map((b) => [b.name, b.type, formatBytes(b.sizeBytes), b.model].filter(Boolean).join(' ')),
  fileSystems: (d) =>
    d.map((f) => `${f.mountPoint} ${formatBytes(f.usedBytes)} of ${formatBytes(f.sizeBytes)} used`),
  interfaces: (d) =>
    d.map((i) =>
      [i.name, i.kind, i.mac, i.operState, ...i.addresses.map((a) => a.address)]
        .filter(Boolean)
        .join(' '),
    ),
  routes: (d) =>
    d.map((r) => `${r.destination} ${r.gateway ? `via ${r.gateway} ` : ''}${r.interface}`),
  dns: (d) => [d.servers.join(', ') || 'no servers'],
  time: (d) => [
    d.synchronized === null
      ? 'synchronisation unknown'
      : d.synchronized
        ? 'synchronised'
        : 'not synchronised',
  ],
  cgroup: (d) => [`${d.version}, memory controller ${d.memoryController ? 'on' : 'off'}`],
  virtualization: (d) => [d.kind],
  containers: (d) =>
    d.map((c) =>
      [c.engine, c.version, c.containers && formatCount(c.containers.length, 'container')]
        .filter(Boolean)
        .join(' '),
    ),
  kubernetes: (d) => [[d.distribution, d.role, d.version].filter(Boolean).join(' ')],
  gpus: (d) => d.map((g) => `${g.name}, driver ${g.driverVersion ?? 'unknown'}`),
  lldp: (d) =>
    d.map((n) => `${n.interface} → ${n.chassisName ?? n.chassisId} ${n.portId ?? ''}`.trim()),
  listeningPorts: (d) =>
    d.map((p) => `${p.protocol} ${p.address}:${p.port}${p.process ? ` ${p.process}` : ''}`),
  load: (d) => [`${d.one} ${d.five} ${d.fifteen}`],
};

const labels: { readonly [N in FactsSectionName]: string } = {
  hostname: 'Hostname',
  machineId: 'Machine id',
  os: 'System',
  kernel: 'Kernel',
  model: 'Model',
  cpu: 'Processor',
  memory: 'Memory',
  blockDevices: 'Disks',
  fileSystems: 'File systems',
  interfaces: 'Interfaces',
  routes: 'Routes',
  dns: 'DNS servers',
  time: 'Clock',
  cgroup: 'Control groups',
  virtualization: 'Virtualisation',
  containers: 'Containers',
  kubernetes: 'Kubernetes',
  gpus: 'GPUs',
  lldp: 'Neighbours',
  listeningPorts: 'Listening ports',
  load: 'Load',
};

function sectionLines<N extends FactsSectionName>(facts: Facts, name: N): string[] {
  const section = facts.sections[name];
  if (section.status === 'absent') return [`none (${section.reason})`];
  if (section.status === 'failed') return [`unknown: ${section.reason}`];
  const data = section.data as SectionData<N>; // the union of all sections hides which one this is
  const lines = describe[name](data);
  return lines.length > 0 ? lines : ['none'];
}

export function factsText(facts: Facts): string {
  const names = Object.keys(labels) as FactsSectionName[]; // Object.keys forgets the record's key type
  return formatTable(
    names.flatMap((name) =>
      sectionLines(facts, name).map((line, index) => [index === 0 ? labels[name] : '', line]),
    ),
  );
}
