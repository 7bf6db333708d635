import type { InventoryRows } from '../inventory-rows.ts';
import { type Machine, text } from './machines.ts';

const label = '[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?';
const validName = new RegExp(`^${label}(?:\\.${label})*$`);

/** Lines for a hosts file: the main address of each device, and every address with a DNS name. */
export function writeHosts(rows: InventoryRows, machines: readonly Machine[]): string {
  const namesOf = new Map<string, Set<string>>();
  const add = (address: string | null, name: string | null) => {
    if (address === null || name === null || !validName.test(name) || name.length > 253) return;
    namesOf.set(address, (namesOf.get(address) ?? new Set()).add(name));
  };
  for (const { device, alias } of machines) {
    add(device.primaryAddress, device.hostname);
    add(device.primaryAddress, alias);
  }
  for (const { values } of rows.byKind.get('address') ?? []) {
    const name = values.dnsName === null ? null : text(values.dnsName);
    add(text(values.address).replace(/\/.*/, ''), name);
  }
  const lines = [...namesOf].map(([address, names]) => `${address}\t${[...names].join(' ')}\n`);
  return `# Written by Rackhelm; edits here are lost at the next export.\n${lines.join('')}`;
}
