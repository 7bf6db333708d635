import type { Evidence } from '../../../../../shared/checks/check.ts';
import type { LookContext } from '../../../engine/jobs/index.ts';
import type { FileState } from '../../../engine/machines/index.ts';
import {
  linesOf,
  look,
  notPossible,
  type Part,
  told,
  UnclearAnswer,
} from '../../../engine/phases/index.ts';
import type { EditedFile, Renderer } from './renderer.ts';
import { rendererOf } from './renderers/index.ts';
import { trialScript } from './switch-script.ts';
import { type NetworkParams, type Wanted, wantedOf } from './wanted.ts';
import { type ManagerSigns, whoManages } from './who-manages.ts';

const trials = ['none', 'prepared', 'running', 'broken', 'ended'] as const;
export type Trial = (typeof trials)[number];

export interface Seen {
  readonly wanted: Wanted;
  readonly renderer: Renderer;
  readonly file: EditedFile;
  /** How the file stands, for `expect`. */
  readonly state: FileState | null;
  /** `192.0.2.11/24` of the interface, now. */
  readonly live: readonly string[];
  readonly liveGateways: readonly string[];
  /** Whether the file and the interface say what is wanted. */
  readonly written: boolean;
  readonly effective: boolean;
  /** A change that is on trial, or whose trial broke off. */
  readonly trial: Trial;
  /** The address of the machine by which we are there; null: it does not say. */
  readonly way: string | null;
  readonly evidence: readonly Evidence[];
}

const largest = 200_000;
const mostFiles = 40;

const questions = {
  links:
    'cd /sys/class/net; for link in *; do printf "%s " "$link"; cat "$link/ifindex" "$link/address" | tr "\\n" " "; echo; done',
  addresses: 'ip -o addr show',
  routes: 'ip -4 route show; ip -6 route show',
  nmDevices: 'pidof NetworkManager >/dev/null && nmcli -t -f DEVICE,STATE device; true',
  nmConnections:
    'pidof NetworkManager >/dev/null && nmcli -t -f DEVICE,FILENAME connection show --active; true',
  networkd:
    'pidof systemd-networkd >/dev/null && cd /run/systemd/netif/links && for link in *; do sed "s,^,$link ," "$link"; done; true',
  ifstate: 'cat /run/network/ifstate /run/ifstate 2>/dev/null; true',
  dhcpcd: 'pidof dhcpcd dhcpcd5 >/dev/null && cat /etc/dhcpcd.conf 2>/dev/null',
  trial: trialScript,
} as const;
type Question = keyof typeof questions;

/** A change on trial has the interface down for the moment: whose it is shows once that has ended. */
export class InBetween extends UnclearAnswer {
  readonly trial: Trial;

  constructor(trial: Trial, link: string, evidence: readonly Evidence[]) {
    super(`A change of ${link} is on trial, and nothing looks after it at this moment.`, evidence);
    this.name = 'InBetween';
    this.trial = trial;
  }
}

/** How the interface stands. Throws UnclearAnswer where that cannot be told, InBetween for now. */
export async function see(context: LookContext, params: NetworkParams): Promise<Seen> {
  const way = await ourWay(context);
  const { parts, evidence } = await look<Question>(context, questions, {
    root: true,
    named: 'network of the machine',
  });
  const link = linkOf(params, parts.links);
  const wanted = wantedOf(params, link.name, link.mac);
  const manager = whoManages(link.name, signsOf(parts, link.index));
  const trial = trialOf(parts.trial.text);
  if (!manager) {
    if (trial === 'running' || trial === 'broken') throw new InBetween(trial, link.name, evidence);
    throw new UnclearAnswer(`Nothing that Rackhelm knows looks after ${link.name}.`, evidence);
  }
  const renderer = rendererOf(manager.id);
  const states = await filesOf(context, renderer);
  const files = new Map(
    [...states].map(([path, state]) => [path, state.content.toString('latin1')]),
  );
  const file = renderer.edit({ files, wanted, named: manager.named });
  const live = addressesOf(told(parts.addresses), wanted.link);
  const liveGateways = gatewaysOf(told(parts.routes), wanted.link);
  return {
    wanted,
    renderer,
    file,
    state: states.get(file.path) ?? null,
    live,
    liveGateways,
    written: file.after === file.before,
    effective:
      wanted.addresses.every((one) => live.includes(one)) &&
      wanted.gateways.every((one) => liveGateways.includes(one)),
    trial,
    way,
    evidence,
  };
}

/** The address of the machine by which we are there: root's shell may not be told. */
async function ourWay({ machine, signal }: LookContext): Promise<string | null> {
  const { stdout } = await machine.run('echo "$SSH_CONNECTION"', { signal });
  return stdout.toString().trim().split(' ')[2] ?? null;
}

function linkOf({ interface: name, mac }: NetworkParams, part: Part) {
  const links = linesOf(part).map((line) => {
    const [its = '', index = '', address = ''] = line.split(' ');
    return {
      name: its,
      index,
      mac: /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(address) ? address : null,
    };
  });
  // A VLAN and a bridge have the MAC of what carries them; that one has the lowest index.
  const found = links
    .filter((link) => (name === undefined ? link.mac === mac : link.name === name))
    .sort((a, b) => Number(a.index) - Number(b.index))[0];
  if (found) return found;
  throw notPossible(`The machine has no interface ${name ?? `with the MAC ${mac}`}.`);
}

function signsOf(parts: Readonly<Record<Question, Part>>, index: string): ManagerSigns {
  return {
    nmDevices: linesOf(parts.nmDevices),
    nmConnections: linesOf(parts.nmConnections),
    networkdLink: linesOf(parts.networkd)
      .filter((line) => line.startsWith(`${index} `))
      .map((line) => line.slice(index.length + 1)),
    ifstate: linesOf(parts.ifstate),
    dhcpcdRuns: parts.dhcpcd.exitCode === 0,
    dhcpcdLines: linesOf(parts.dhcpcd),
  };
}

async function filesOf(context: LookContext, { patterns, name }: Renderer) {
  const { machine, signal } = context;
  const list = `for file in ${patterns.join(' ')}; do [ ! -f "$file" ] || printf '%s\\n' "$file"; done`;
  const { stdout } = await machine.run(list, { signal, root: true, named: `files of ${name}` });
  const paths = stdout
    .toString()
    .split('\n')
    .filter((line) => line !== '');
  if (paths.length > mostFiles)
    throw notPossible(`${name} has more than ${mostFiles} files there.`);
  const states = new Map<string, FileState>();
  for (const path of paths) {
    const state = await machine.readFile(path, { signal });
    if (state && state.content.length > largest) throw notPossible(`${path} is too large.`);
    if (state) states.set(path, state);
  }
  return states;
}

/** `2: eth0    inet 192.0.2.11/24 brd …`, without those of the link itself (`fe80::`). */
function addressesOf(text: string, link: string): string[] {
  return text.split('\n').flatMap((line) => {
    const [, name, address, scope] =
      /^\d+:\s+(\S+)\s+inet6?\s+(\S+).*\bscope (\w+)/.exec(line) ?? [];
    return name?.split('@')[0] === link && address !== undefined && scope === 'global'
      ? [address]
      : [];
  });
}

function gatewaysOf(text: string, link: string): string[] {
  return text.split('\n').flatMap((line) => {
    const [, gateway, name] = /^default via (\S+) dev (\S+)/.exec(line) ?? [];
    return name === link && gateway !== undefined ? [gateway] : [];
  });
}

/** Whether a change is on trial there. */
export async function trialNow({ machine, signal }: LookContext): Promise<Trial> {
  const { stdout } = await machine.run(trialScript, { signal, root: true });
  return trialOf(stdout.toString());
}

function trialOf(text: string): Trial {
  return trials.find((word) => word === text.trim()) ?? 'none';
}
