import type { Facts } from '../../../shared/model/facts.ts';
import type { DeviceKind } from '../../../shared/model/inventory.ts';
import { asName, longestName, shortenedTo } from '../../../shared/model/name.ts';
import type { SshTarget } from '../../../shared/model/ssh.ts';
import type { Database } from '../db/index.ts';

/** Models that are single boards, as device trees name them. */
const boards =
  /raspberry pi|orange ?pi|rock ?(pi|[345])|radxa|odroid|banana ?pi|nanopi|pine64|rockpro|jetson|turing|khadas|libre computer|beaglebone|visionfive/i;
const storageSystems = /synology|qnap|truenas|freenas|openmediavault|unraid|asustor|terramaster/i;
const routerSystems = /openwrt|opnsense|pfsense|vyos|routeros|ipfire|ddwrt/i;
/** Kinds of virtualisation that are no machine of their own, or none at all. */
const notVirtual = new Set(['none', 'wsl']);

/** Name and kind of a new device to begin with; the name is none that is in use. */
export function suggestFor(
  db: Database,
  facts: Facts,
  target: SshTarget,
): { name: string; kind: DeviceKind } {
  const isTaken = (name: string) => db.tables.devices.idByName(name) !== undefined;
  return { name: freeName(baseName(facts, target), isTaken), kind: kindOf(facts) };
}

function baseName(facts: Facts, target: SshTarget): string {
  const { hostname } = facts.sections;
  const told = hostname.status === 'ok' ? asName(hostname.data.hostname.split('.')[0] ?? '') : '';
  const usable = told !== '' && !/^localhost/i.test(told);
  return (usable ? told.toLowerCase() : asName(target.host)) || 'machine';
}

function freeName(base: string, isTaken: (name: string) => boolean): string {
  let name = base;
  for (let number = 2; isTaken(name); number += 1) {
    const ending = `-${number}`;
    name = `${shortenedTo(base, longestName - ending.length)}${ending}`;
  }
  return name;
}

function kindOf(facts: Facts): DeviceKind {
  const { gpus, model, os, virtualization } = facts.sections;
  if (gpus.status === 'ok' && gpus.data.length > 0) return 'gpu-server';
  const made = model.status === 'ok' ? `${model.data.manufacturer ?? ''} ${model.data.model}` : '';
  if (boards.test(made)) return 'sbc';
  const system = os.status === 'ok' ? `${os.data.id} ${os.data.name}` : '';
  if (storageSystems.test(`${made} ${system}`)) return 'nas';
  if (routerSystems.test(system)) return 'router';
  if (virtualization.status === 'ok' && !notVirtual.has(virtualization.data.kind)) return 'vm';
  return model.status === 'ok' && model.data.source === 'device-tree' ? 'sbc' : 'server';
}
