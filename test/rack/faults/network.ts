import { mustRun, runProgram } from '../command.ts';
import { inNetworkOf, portOf, switchName } from '../fabric.ts';
import { addressOf, type NetworkName } from '../networks.ts';
import { RackError } from '../rack-error.ts';
import { type Fault, type FaultOptions, type FaultTarget, networksOf } from './fault.ts';

async function nft({ state }: FaultTarget, place: string, rules: string): Promise<void> {
  const [program, network] = inNetworkOf(state, place);
  await mustRun(program, [network, 'nft', '-f', '-'], { stdin: rules });
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
  options: FaultOptions,
  { kind, match }: { readonly kind: string; readonly match: string },
): Promise<{ networks: string; kind: string }> {
  const networks = networksOf(target, options);
  const direction = options.direction ?? 'both';
  const hooks = { out: 'ingress', in: 'egress' } as const;
  const chains = (port: string) =>
    (['in', 'out'] as const)
      .filter((one) => direction === 'both' || direction === one)
      .map(
        (one) => `  chain ${one}_packets {
    type filter hook ${hooks[one]} device "${port}" priority 0
    ${match} drop
  }`,
      );
  const tables = networks.map((network) => {
    const port = portOf(target.spec.name, network);
    return `table netdev ${tableOf(kind, port)} {\n${chains(port).join('\n')}\n}`;
  });
  await nft(target, switchName, `${tables.join('\n')}\n`);
  return { networks: networks.join(' '), kind };
}

async function dropNoMore(target: FaultTarget, kind: string, networks: unknown): Promise<void> {
  const tables = String(networks)
    .split(' ')
    // Only networksOf wrote these names.
    .map((network) => tableOf(kind, portOf(target.spec.name, network as NetworkName)));
  await nft(target, switchName, tables.map((table) => `delete table netdev ${table}\n`).join(''));
}

export const networkCut: Fault = {
  description: 'the cable carries nothing, in one direction or both',
  set: (target, options) => dropAtPorts(target, options, { kind: 'network-cut', match: '' }),
  clear: (target, record) => dropNoMore(target, 'network-cut', record.networks),
};

export const loss: Fault = {
  description: 'a share of the packets is dropped, in each direction that is named',
  set: (target, options) => {
    const share = options.share ?? 30;
    if (!(share > 0 && share <= 100)) throw new RackError('--share is a percentage above 0.');
    const match = `numgen random mod 10000 < ${Math.round(share * 100)}`;
    return dropAtPorts(target, options, { kind: 'loss', match });
  },
  clear: (target, record) => dropNoMore(target, 'loss', record.networks),
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

async function setQueues(
  target: FaultTarget,
  networks: readonly string[],
  queue: readonly string[],
): Promise<void> {
  for (const { place, device } of cableEnds(target, networks)) {
    const [program, network] = inNetworkOf(target.state, place);
    await mustRun(program, [network, 'tc', 'qdisc', 'replace', 'dev', device, 'root', ...queue]);
  }
}

export async function removeQueues(target: FaultTarget, networks: unknown): Promise<void> {
  for (const { place, device } of cableEnds(target, String(networks).split(' '))) {
    const [program, network] = inNetworkOf(target.state, place);
    await mustRun(program, [network, 'tc', 'qdisc', 'del', 'dev', device, 'root']);
  }
}

export const bandwidth: Fault = {
  description: 'each direction carries only so many kilobits per second',
  set: async (target, options) => {
    const networks = networksOf(target, options);
    const rate = `${options.kbit ?? 1000}kbit`;
    await setQueues(target, networks, ['tbf', 'rate', rate, 'burst', '16kb', 'latency', '400ms']);
    return { networks: networks.join(' ') };
  },
  clear: (target, record) => removeQueues(target, record.networks),
};

/** Half of the delay at each end. False where the kernel has no netem. */
export async function delayWithNetem(
  target: FaultTarget,
  networks: readonly string[],
  ms: number,
): Promise<boolean> {
  const [program, network] = inNetworkOf(target.state, switchName);
  const probe = ['tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'netem', 'delay', '1ms'];
  if ((await runProgram(program, [network, ...probe])).exitCode !== 0) return false;
  await mustRun(program, [network, 'tc', 'qdisc', 'del', 'dev', 'lo', 'root']);
  await setQueues(target, networks, ['netem', 'delay', `${ms / 2}ms`]);
  return true;
}

export const portBlocked: Fault = {
  description: 'packets to one TCP port of the node are dropped',
  set: async (target, options) => {
    const port = options.port ?? 22;
    const { specs, slot } = target.description;
    const router = specs.find((spec) => spec.look === 'router');
    const onlyRouter = options.at === 'router';
    if (onlyRouter && !router) throw new RackError('This rack has no router.');
    if (router && router !== target.spec) {
      const addresses = networksOf(target, options).map((network) => {
        const leg = target.spec.legs.find((one) => one.network === network);
        return addressOf(slot, network, leg?.host ?? 0);
      });
      await nft(target, router.name, blockRules('add', addresses, port));
    }
    if (!onlyRouter) {
      const match = `tcp dport ${port}`;
      const inwards = { ...options, direction: 'in' } as const;
      await dropAtPorts(target, inwards, { kind: 'port-blocked', match });
    }
    return { port, onlyRouter, networks: networksOf(target, options).join(' ') };
  },
  clear: async (target, record) => {
    const { specs, slot } = target.description;
    const router = specs.find((spec) => spec.look === 'router');
    const networks = String(record.networks).split(' ');
    if (router && router !== target.spec) {
      const addresses = target.spec.legs
        .filter((leg) => networks.includes(leg.network))
        .map((leg) => addressOf(slot, leg.network, leg.host));
      await nft(target, router.name, blockRules('delete', addresses, Number(record.port)));
    }
    if (!record.onlyRouter) await dropNoMore(target, 'port-blocked', record.networks);
  },
};

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
