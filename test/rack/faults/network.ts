import { mustRun, runProgram } from '../command.ts';
import { inNetworkOf, portOf, switchName } from '../fabric.ts';
import { addressOf, type NetworkName } from '../networks.ts';
import type { NodeSpec } from '../node-spec.ts';
import { RackError } from '../rack-error.ts';
import {
  type Fault,
  type FaultOptions,
  type FaultRecord,
  type FaultTarget,
  networksOf,
} from './fault.ts';

/** One transaction in the network of a node, or of the switch: all of it or nothing. */
export async function nft({ state }: FaultTarget, place: string, rules: string): Promise<void> {
  const [program, network] = inNetworkOf(state, place);
  await mustRun(program, [network, 'nft', '-f', '-'], { stdin: rules });
}

/** Fine where there is no such table: what is named is made first. */
export function removeTable(name: string): string {
  return `table ${name} {}\ndelete table ${name}\n`;
}

/** The part of a record that says where; `namesOf` reads it. */
function placesOf(target: FaultTarget, options: FaultOptions): { readonly networks: string } {
  return { networks: networksOf(target, options).join(' ') };
}

/** Only placesOf wrote these names. */
function namesOf(record: FaultRecord): readonly NetworkName[] {
  return String(record.networks).split(' ') as NetworkName[];
}

function directionOf(options: FaultOptions): string {
  return options.direction ?? 'both';
}

function tableOf(kind: string, port: string): string {
  return `${kind}-${port}`.replaceAll(/[^a-z0-9]/g, '_');
}

/**
 * Drops packets at the node's ports of the switch, out of the node's own sight: what the port
 * receives comes from the node, what it sends goes to the node.
 */
async function dropAtPorts(
  target: FaultTarget,
  record: FaultRecord,
  { kind, match }: { readonly kind: string; readonly match: string },
): Promise<void> {
  const hooks = { out: 'ingress', in: 'egress' } as const;
  const chains = (port: string) =>
    (['in', 'out'] as const)
      .filter((one) => record.direction === 'both' || record.direction === one)
      .map(
        (one) => `  chain ${one}_packets {
    type filter hook ${hooks[one]} device "${port}" priority 0
    ${match} drop
  }`,
      );
  const tables = namesOf(record).map((network) => {
    const port = portOf(target.spec.name, network);
    return `table netdev ${tableOf(kind, port)} {\n${chains(port).join('\n')}\n}\n`;
  });
  await nft(target, switchName, tables.join(''));
}

async function dropNoMore(target: FaultTarget, record: FaultRecord, kind: string): Promise<void> {
  const tables = namesOf(record).map((network) =>
    removeTable(`netdev ${tableOf(kind, portOf(target.spec.name, network))}`),
  );
  await nft(target, switchName, tables.join(''));
}

export const networkCut: Fault = {
  description: 'the cable carries nothing, in one direction or both',
  plan: (target, options) => ({
    ...placesOf(target, options),
    direction: directionOf(options),
  }),
  set: (target, record) => dropAtPorts(target, record, { kind: 'network-cut', match: '' }),
  clear: (target, record) => dropNoMore(target, record, 'network-cut'),
};

export const loss: Fault = {
  description: 'a share of the packets is dropped, in each direction that is named',
  plan: (target, options) => {
    const share = options.share ?? 30;
    if (!(share > 0 && share <= 100)) throw new RackError('--share is a percentage above 0.');
    return { ...placesOf(target, options), direction: directionOf(options), share };
  },
  set: (target, record) => {
    const match = `numgen random mod 10000 < ${Math.round(Number(record.share) * 100)}`;
    return dropAtPorts(target, record, { kind: 'loss', match });
  },
  clear: (target, record) => dropNoMore(target, record, 'loss'),
};

/** Both ends of each cable: a queue delays or limits only what its end sends. */
function cableEnds(target: FaultTarget, networks: readonly string[]) {
  const { spec } = target;
  return networks.flatMap((network) =>
    spec.legs
      .filter((leg) => leg.network === network)
      .flatMap((leg) => [
        { place: switchName, device: portOf(spec.name, leg.network) },
        { place: spec.name, device: leg.interface },
      ]),
  );
}

/** `add` fails where another fault has its queue already: a device has one only. */
async function setQueues(
  target: FaultTarget,
  networks: readonly string[],
  queue: readonly string[],
): Promise<void> {
  for (const { place, device } of cableEnds(target, networks)) {
    const [program, network] = inNetworkOf(target.state, place);
    await mustRun(program, [network, 'tc', 'qdisc', 'add', 'dev', device, 'root', ...queue]);
  }
}

/** Removes queues of this kind; an end that has none is fine. */
async function removeQueues(
  target: FaultTarget,
  networks: readonly string[],
  kind: string,
): Promise<void> {
  for (const { place, device } of cableEnds(target, networks)) {
    const [program, network] = inNetworkOf(target.state, place);
    const shown = await mustRun(program, [network, 'tc', 'qdisc', 'show', 'dev', device, 'root']);
    if (!shown.startsWith(`qdisc ${kind} `)) continue;
    await mustRun(program, [network, 'tc', 'qdisc', 'del', 'dev', device, 'root']);
  }
}

export const bandwidth: Fault = {
  description: 'each direction carries only so many kilobits per second',
  plan: (target, options) => ({ ...placesOf(target, options), kbit: options.kbit ?? 1000 }),
  set: (target, record) => {
    const limit = ['rate', `${record.kbit}kbit`, 'burst', '16kb', 'latency', '400ms'];
    return setQueues(target, namesOf(record), ['tbf', ...limit]);
  },
  clear: (target, record) => removeQueues(target, namesOf(record), 'tbf'),
};

/** Whether the kernel can delay packets; tried on the switch's loopback, which carries nothing. */
export async function hasNetem({ state }: FaultTarget): Promise<boolean> {
  const [program, network] = inNetworkOf(state, switchName);
  const probe = ['tc', 'qdisc', 'replace', 'dev', 'lo', 'root', 'netem', 'delay', '1ms'];
  if ((await runProgram(program, [network, ...probe])).exitCode !== 0) return false;
  // Another fault that tries at the same moment may have removed it.
  await runProgram(program, [network, 'tc', 'qdisc', 'del', 'dev', 'lo', 'root']);
  return true;
}

/** Half of the delay at each end. */
export function delayWithNetem(target: FaultTarget, record: FaultRecord): Promise<void> {
  const delay = ['netem', 'delay', `${Number(record.ms) / 2}ms`];
  return setQueues(target, namesOf(record), delay);
}

export function delayNoMore(target: FaultTarget, record: FaultRecord): Promise<void> {
  return removeQueues(target, namesOf(record), 'netem');
}

/** The router, when it stands between the node and others. */
function routerBefore({ description, spec }: FaultTarget): NodeSpec | undefined {
  return description.specs.find((one) => one.look === 'router' && one.name !== spec.name);
}

export const portBlocked: Fault = {
  description: 'packets to one TCP port of the node are dropped',
  plan: (target, options) => {
    const onlyRouter = options.at === 'router';
    if (onlyRouter && !routerBefore(target)) {
      throw new RackError(`There is no router before ${target.spec.name}.`);
    }
    const port = options.port ?? 22;
    if (!(Number.isInteger(port) && port > 0 && port < 65_536)) {
      throw new RackError('--port is a number between 1 and 65535.');
    }
    return { ...placesOf(target, options), port, onlyRouter, direction: 'in' };
  },
  set: async (target, record) => {
    await atRouter(target, record, 'add');
    if (record.onlyRouter) return;
    await dropAtPorts(target, record, { kind: 'port-blocked', match: `tcp dport ${record.port}` });
  },
  clear: async (target, record) => {
    // Added once more, so that deleting is fine where it was not blocked yet.
    await atRouter(target, record, 'add', 'delete');
    if (!record.onlyRouter) await dropNoMore(target, record, 'port-blocked');
  },
};

async function atRouter(
  target: FaultTarget,
  record: FaultRecord,
  ...verbs: readonly ('add' | 'delete')[]
): Promise<void> {
  const router = routerBefore(target);
  if (!router) return;
  const names = namesOf(record);
  const addresses = target.spec.legs
    .filter((leg) => names.includes(leg.network))
    .map((leg) => addressOf(target.description.slot, leg.network, leg.host));
  const rules = verbs.map((verb) => blockRules(verb, addresses, Number(record.port)));
  await nft(target, router.name, rules.join(''));
}

/** The router's own table has these two sets; see router.ts. */
function blockRules(
  verb: 'add' | 'delete',
  addresses: readonly { readonly ipv4: string; readonly ipv6: string }[],
  port: number,
): string {
  return addresses
    .flatMap(({ ipv4, ipv6 }) => [
      `${verb} element inet rack blocked4 { ${ipv4} . ${port} }`,
      `${verb} element inet rack blocked6 { ${ipv6} . ${port} }`,
    ])
    .map((line) => `${line}\n`)
    .join('');
}
