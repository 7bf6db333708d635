import { createHash } from 'node:crypto';
import type { Preflight } from './read.ts';

export interface HostKey {
  /** `ssh-ed25519 SHA256:…`, as the inventory has it. */
  readonly value: string;
  /** Base64, as in its file. */
  readonly blob: string;
}

/** By what a machine is compared with the inventory. Plain data. */
export interface MachineKeys {
  readonly hostname: string | null;
  readonly machineId: string | null;
  readonly hostKeys: readonly HostKey[];
  /** Its own, without prefix length, loopback and link-local left out. */
  readonly addresses: readonly string[];
}

/** A machine has one key of each type. */
const mostHostKeys = 16;
const mostAddresses = 64;

export function keysOf(machine: Preflight): MachineKeys {
  const interfaces = machine.fact('interfaces') ?? [];
  const addresses = interfaces
    .filter(({ kind }) => kind !== 'loopback')
    .flatMap((each) => each.addresses.map(({ address }) => address.replace(/\/.*$/, '')))
    .filter((address) => !/^(fe80:|169\.254\.|127\.|::1$)/i.test(address));
  return {
    hostname: machine.fact('hostname')?.hostname.toLowerCase() ?? null,
    machineId: machine.fact('machineId')?.machineId ?? null,
    hostKeys: hostKeys(machine).slice(0, mostHostKeys),
    addresses: [...new Set(addresses)].slice(0, mostAddresses),
  };
}

function hostKeys(machine: Preflight): readonly HostKey[] {
  const files = machine.paths.filter((path) => /^\/etc\/ssh\/ssh_host_\w+_key\.pub$/.test(path));
  return files.flatMap((path) => {
    const [type = '', blob = ''] = (machine.line(path) ?? '').split(/\s+/);
    if (!/^[a-z0-9@.-]{3,60}$/.test(type) || !/^[A-Za-z0-9+/]+=*$/.test(blob)) return [];
    const digest = createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64');
    return [{ value: `${type} SHA256:${digest.replace(/=+$/, '')}`, blob }];
  });
}
