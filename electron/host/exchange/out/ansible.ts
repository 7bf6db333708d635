import { scalar } from '../yaml/scalar.ts';
import { Distinct, inComment, type Machine, sshOptions } from './machines.ts';

/** An inventory for Ansible: every device that can be reached, in groups by what it is and where. */
export function writeAnsible(machines: readonly Machine[]): string {
  const reached = machines.filter(({ address }) => address !== null);
  const hosts = reached.map((machine) => `    ${scalar(machine.alias)}:\n${variables(machine)}`);
  const groups = groupsOf(reached);
  const children = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, aliases]) => {
      const members = aliases.map((alias) => `        ${scalar(alias)}:\n`).join('');
      return `    ${name}:\n      hosts:\n${members}`;
    });
  const left = machines
    .filter(({ address }) => address === null)
    .map(({ device }) => `# left out, without an address: ${inComment(device.name)}\n`);
  const all = `all:\n  hosts:${hosts.length === 0 ? ' {}' : ''}\n${hosts.join('')}`;
  const grouped = children.length === 0 ? '' : `  children:\n${children.join('')}`;
  return `# Written by Rackhelm; edits here are lost at the next export.\n${left.join('')}${all}${grouped}`;
}

function variables({ device, alias, address }: Machine): string {
  const { sshUser, sshPort, sshIdentityFile, sshJump } = device;
  const entries: [string, string][] = [['ansible_host', scalar(address ?? '')]];
  if (sshUser !== null && sshOptions.user(sshUser)) entries.push(['ansible_user', scalar(sshUser)]);
  if (sshPort !== null) entries.push(['ansible_port', String(sshPort)]);
  if (sshIdentityFile !== null && sshOptions.file(sshIdentityFile)) {
    entries.push(['ansible_ssh_private_key_file', scalar(sshIdentityFile)]);
  }
  if (sshJump !== null && sshOptions.jump(sshJump)) {
    entries.push(['ansible_ssh_common_args', scalar(`-o ProxyJump=${sshJump}`)]);
  }
  if (device.name !== alias) entries.push(['rackhelm_name', untrusted(device.name)]);
  return entries.map(([name, value]) => `      ${name}: ${value}\n`).join('');
}

/** Ansible runs what stands in braces, unless it is told not to. */
const untrusted = (name: string) =>
  /\{[{%#]/.test(name) ? `!unsafe ${JSON.stringify(name)}` : scalar(name);

function groupsOf(machines: readonly Machine[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  const names = new Distinct();
  const add = (what: string, name: string | null, alias: string) => {
    if (name === null || name === '') return;
    const word = `${what}_${name}`.toLowerCase().replaceAll(/[^a-z0-9_]+/g, '_');
    const group = names.of(word, `${what} ${name.toLowerCase()}`, '_');
    groups.set(group, [...new Set([...(groups.get(group) ?? []), alias])]);
  };
  for (const { device, alias, clusters } of machines) {
    add('kind', device.kind, alias);
    add('status', device.status, alias);
    add('site', device.siteName, alias);
    add('rack', device.rackName, alias);
    for (const tag of device.tags) add('tag', tag, alias);
    for (const { name, role } of clusters) {
      add('cluster', name, alias);
      add('role', role, alias);
      add('cluster', `${name}_${role}`, alias);
    }
  }
  return groups;
}
