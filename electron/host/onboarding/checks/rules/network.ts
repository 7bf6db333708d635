import { type Prefix, parsePrefix } from '../../../../../shared/network/prefix.ts';
import { containsRange, overlap } from '../../../../../shared/network/range.ts';
import type { MachineCheck } from '../context.ts';
import { bySteps, fail, notApplicable, pass, unknown, untold, warn } from '../verdicts.ts';

const group = 'Network';
const routeParts = ['routes4-json', 'routes6-json', 'routes4-text', 'routes6-text', 'routes-files'];

/** Of K3s and its network; routes through these are its own. */
const ownInterfaces = /^(cni\d|flannel|cilium|cali|vxlan\.|kube-)/;

export const clusterRoutes: MachineCheck = {
  id: 'onboarding.cluster-routes',
  group,
  title: 'No route into the networks of the cluster',
  why: 'Where pods and services get addresses that a VLAN has already, one of the two cannot be reached.',
  rule(machine, { plan, memberOf }) {
    const routes = machine.fact('routes');
    const shown = routeParts.flatMap((label) => machine.shows(label));
    if (!routes) return untold(machine, 'routes', shown);
    if (memberOf)
      return notApplicable(`It is a node of ${memberOf}, whose routes they are.`, shown);
    const cidrs = plan.cidrs.flatMap((text) => parsePrefix(text) ?? []);
    const clashes = routes.filter(({ destination, interface: name }) => {
      const parsed = destination === 'default' ? undefined : parsePrefix(destination);
      if (!parsed || parsed.length === 0 || ownInterfaces.test(name)) return false;
      return cidrs.some(
        (cidr) => cidr.family === parsed.family && overlap(cidr, parsed) && !isWide(parsed, cidr),
      );
    });
    const nets = plan.cidrs.join(', ');
    if (clashes.length === 0) return pass(`None into ${nets}.`, shown);
    const fix = bySteps(
      'Choose other networks for the cluster (--cluster-cidr, --service-cidr), the same on all servers.',
      'Or move the VLAN to another prefix.',
    );
    const named = clashes
      .slice(0, 5)
      .map(({ destination, interface: name }) => `${destination} (${name})`);
    return fail(`Inside or across ${nets}: ${named.join(', ')}.`, shown, fix);
  },
};

/** `10.0.0.0/8` through a VPN is no clash by itself: more exact routes of the cluster win. */
function isWide(route: Prefix, cidr: Prefix): boolean {
  return route.length < cidr.length && containsRange(route, cidr);
}

export const defaultRoute: MachineCheck = {
  id: 'onboarding.default-route',
  group,
  title: 'Default route',
  why: 'K3s takes its own address from the default route, and does not start without one, not even without the internet.',
  rule(machine) {
    const routes = machine.fact('routes');
    const shown = routeParts.flatMap((label) => machine.shows(label));
    if (!routes) return untold(machine, 'routes', shown);
    const defaults = routes.filter(
      ({ destination, family }) => destination === 'default' && family === 'ipv4',
    );
    const any = routes.filter(({ destination }) => destination === 'default');
    if (any.length === 0) {
      const fix = bySteps(
        'Give the machine a gateway; where there is none, a route that leads nowhere will do: ip link add dummy0 type dummy; ip route add default dev dummy0 metric 1000.',
      );
      return fail('There is none.', shown, fix);
    }
    const best = Math.min(...defaults.map(({ metric }) => metric ?? 0));
    const rivals = new Set(
      defaults.filter(({ metric }) => (metric ?? 0) === best).map((route) => route.interface),
    );
    if (rivals.size > 1) {
      const fix = bySteps(
        'Keep the gateway of one interface, or give the others a higher metric.',
        'Or name the interface for the cluster (--flannel-iface, --node-ip).',
      );
      return warn(`Several of the same rank: by ${[...rivals].join(', ')}.`, shown, fix);
    }
    const [first] = defaults.length > 0 ? defaults : any;
    return pass(`By ${first?.gateway ?? 'no gateway'} (${first?.interface}).`, shown);
  },
};

export const iptables: MachineCheck = {
  id: 'onboarding.iptables',
  group,
  title: 'iptables',
  why: 'iptables 1.8.0 to 1.8.4 writes the same rules again and again, until the network of the node stands still.',
  rule(machine) {
    const part = machine.part('iptables');
    const shown = machine.shows('iptables');
    if (!part && machine.told)
      return pass(
        'Not installed: K3s brings its own.',
        machine.shows('there', /^@(iptables|nft)$/),
      );
    const told = /v?(\d+)\.(\d+)\.(\d+)(?:\s*\(([\w_]+)\))?/.exec(part?.text ?? '');
    if (part?.end !== 0 || !told) return unknown('Its version was not told.', shown);
    const [, major, minor, patch, mode] = told;
    const version = `${major}.${minor}.${patch}`;
    const kind = mode === undefined ? 'legacy' : mode;
    if (major === '1' && minor === '8' && Number(patch) <= 4) {
      const fix = bySteps(
        'Start K3s with --prefer-bundled-bin, which brings an iptables of its own.',
        'Or upgrade the system.',
      );
      return fail(`${version} (${kind}) is one of the broken ones.`, shown, fix);
    }
    return pass(`${version} (${kind}).`, shown);
  },
};

/** Ports that K3s takes on the machine, beside those that other machines reach. */
const localPorts = [2381, 2382, 6444, 10010, 10248, 10249, 10250, 10256, 10257, 10258, 10259];
const serverPorts = [6443, 2379, 2380];

export const localPortsFree: MachineCheck = {
  id: 'onboarding.local-ports',
  group,
  title: 'Ports of K3s are free',
  why: 'K3s and the kubelet end at once where another program listens on one of their ports.',
  rule(machine, { role, memberOf }) {
    const ports = machine.fact('listeningPorts');
    const wanted = new Set([...localPorts, ...(role === 'control-plane' ? serverPorts : [])]);
    const shown = [
      ...machine.shows('ss', /:(2379|238[0-2]|644[34]|10010|1024[89]|102[5][06789]|8472)\s/),
      ...machine.shows('port-files'),
    ];
    if (!ports) return untold(machine, 'listeningPorts', shown);
    const taken = ports.filter(
      ({ port, protocol }) =>
        (protocol === 'tcp' && wanted.has(port)) || (protocol === 'udp' && port === 8472),
    );
    if (taken.length === 0) return pass('All of them.', shown);
    if (memberOf) return notApplicable(`It is a node of ${memberOf}, which has them.`, shown);
    if (machine.runs('k3s-server') || machine.runs('k3s-agent'))
      return notApplicable('K3s runs already and has them.', shown);
    const named = [
      ...new Set(
        taken.map(({ port, protocol, process }) => `${port}/${protocol} (${process ?? 'unknown'})`),
      ),
    ];
    const fix = bySteps('Stop the program that listens there, or give it another port.');
    return fail(`Taken: ${named.slice(0, 8).join(', ')}.`, shown, fix);
  },
};

/** Web ports are K3s' own too, by its Traefik; a server beside it is a choice. */
export const webPorts: MachineCheck = {
  id: 'onboarding.web-ports',
  group,
  title: 'Ports 80 and 443',
  why: 'The load balancer of K3s takes them on every node, and hides what listens there.',
  rule(machine) {
    const ports = machine.fact('listeningPorts');
    const shown = machine.shows('ss', /:(80|443)\s/);
    if (!ports) return untold(machine, 'listeningPorts', shown);
    const taken = ports.filter(
      ({ port, protocol }) => protocol === 'tcp' && (port === 80 || port === 443),
    );
    if (taken.length === 0) return pass('Free.', shown);
    const named = [
      ...new Set(taken.map(({ port, process }) => `${port} (${process ?? 'unknown'})`)),
    ];
    return warn(
      `Taken: ${named.join(', ')}.`,
      shown,
      bySteps('Keep the web server and start K3s with --disable=traefik,servicelb, or move it.'),
    );
  },
};
