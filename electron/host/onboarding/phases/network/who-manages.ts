import path from 'node:path';
import type { RendererId } from './renderer.ts';

/** What the machine says of who looks after its interfaces; several programs may be installed. */
export interface ManagerSigns {
  /** `DEVICE:STATE` of nmcli; empty where it does not run. */
  readonly nmDevices: readonly string[];
  /** `DEVICE:FILENAME` of active connections. */
  readonly nmConnections: readonly string[];
  /** What networkd holds of the interface: `KEY=VALUE`; empty where it does not run. */
  readonly networkdLink: readonly string[];
  /** Interfaces that ifupdown says it has brought up. */
  readonly ifstate: readonly string[];
  readonly dhcpcdRuns: boolean;
  /** `denyinterfaces` and `allowinterfaces` of dhcpcd. */
  readonly dhcpcdLines: readonly string[];
}

export interface Manager {
  readonly id: RendererId;
  /** The file that it names as that of the interface. */
  readonly named: string | null;
}

const netplanFile = /^(10-)?netplan-/;

/** Who really looks after this interface: not what is installed, but what has it in its hands. */
export function whoManages(link: string, signs: ManagerSigns): Manager | null {
  return (
    byNetworkManager(link, signs) ??
    byNetworkd(signs) ??
    byIfupdown(link, signs) ??
    byDhcpcd(link, signs)
  );
}

function byNetworkManager(
  link: string,
  { nmDevices, nmConnections }: ManagerSigns,
): Manager | null {
  const state = valueFor(nmDevices, link);
  if (state === null || !/^connect(ed|ing)( \(.*\))?$/.test(state) || /externally/.test(state))
    return null;
  const named = valueFor(nmConnections, link);
  const viaNetplan = named !== null && netplanFile.test(path.posix.basename(named));
  return { id: viaNetplan ? 'netplan' : 'NetworkManager', named };
}

function byNetworkd({ networkdLink }: ManagerSigns): Manager | null {
  const value = (key: string) =>
    networkdLink.find((line) => line.startsWith(`${key}=`))?.slice(key.length + 1) ?? null;
  const state = value('ADMIN_STATE');
  if (state !== 'configured' && state !== 'configuring' && state !== 'failed') return null;
  const named = value('NETWORK_FILE');
  const viaNetplan = named !== null && netplanFile.test(path.posix.basename(named));
  return { id: viaNetplan ? 'netplan' : 'networkd', named };
}

function byIfupdown(link: string, { ifstate }: ManagerSigns): Manager | null {
  const names = ifstate.map((line) => line.trim().split(/[=\s]/)[0]);
  return names.includes(link) ? { id: 'ifupdown', named: null } : null;
}

function byDhcpcd(link: string, { dhcpcdRuns, dhcpcdLines }: ManagerSigns): Manager | null {
  if (!dhcpcdRuns) return null;
  const listed = (kind: string) =>
    dhcpcdLines.flatMap((line) => {
      const [word, ...patterns] = line.trim().split(/\s+/);
      return word === kind ? patterns : [];
    });
  const [deny, allow] = [listed('denyinterfaces'), listed('allowinterfaces')];
  const denied = deny.some((pattern) => fits(pattern, link));
  const allowed = allow.length === 0 || allow.some((pattern) => fits(pattern, link));
  return allowed && !denied ? { id: 'dhcpcd', named: null } : null;
}

function fits(pattern: string, name: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(name);
}

/** nmcli -t puts a backslash before colons of values. */
function valueFor(lines: readonly string[], device: string): string | null {
  const line = lines.find((one) => one.startsWith(`${device}:`));
  return line?.slice(device.length + 1).replaceAll(/\\(.)/g, '$1') ?? null;
}
