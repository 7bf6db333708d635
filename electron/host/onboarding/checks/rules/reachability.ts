import type { Part } from '../../../facts/index.ts';
import type { MachineCheck } from '../context.ts';
import type { Preflight } from '../read.ts';
import {
  bySteps,
  endOf,
  fail,
  firstLine,
  notApplicable,
  pass,
  unknown,
  warn,
} from '../verdicts.ts';

const group = 'Network';
const notAsked = notApplicable('It was not asked: no packet was to be sent.');

export const gateway: MachineCheck = {
  id: 'onboarding.gateway',
  group,
  title: 'Gateway answers',
  why: 'Behind a gateway that is silent lies everything beyond the machine’s own network.',
  rule(machine, { network }) {
    if (network === 'none') return notAsked;
    const gateways = [
      ...new Set(
        [...machine.partsOf('ping:'), ...machine.partsOf('neighbour:')].map(([address]) => address),
      ),
    ];
    if (gateways.length === 0)
      return unknown('No gateway was asked: the machine has none, or no ip.');
    return gateways.map((address) => {
      const [ping, neighbour] = [
        machine.part(`ping:${address}`),
        machine.part(`neighbour:${address}`),
      ];
      const shown = [...machine.shows(`ping:${address}`), ...machine.shows(`neighbour:${address}`)];
      const part = address;
      if (ping?.end === 0) return { ...pass(`${address} answers.`, shown), part };
      if (
        neighbour &&
        /lladdr/i.test(neighbour.text) &&
        !/FAILED|INCOMPLETE/.test(neighbour.text)
      ) {
        return { ...pass(`${address} is there; it does not answer pings.`, shown), part };
      }
      if (neighbour && /FAILED|INCOMPLETE/.test(neighbour.text)) {
        return {
          ...fail(
            `${address} does not answer on its network.`,
            shown,
            bySteps('Check cable, VLAN and the address of the gateway.'),
          ),
          part,
        };
      }
      return { ...unknown(`Whether ${address} is there could not be told.`, shown), part };
    });
  },
};

export const nameServers: MachineCheck = {
  id: 'onboarding.name-servers',
  group,
  title: 'Name servers answer',
  why: 'Pods inherit the name servers of their node; a dead one makes each look-up wait for seconds.',
  rule(machine, { network }) {
    if (network === 'none') return notAsked;
    const servers = machine.fact('dns')?.servers ?? [];
    const asked = machine.partsOf('dns:');
    const resolver = machine.showsFiles('/etc/resolv.conf');
    if (servers.length === 0 && asked.length === 0) {
      return fail(
        'The machine has no name server.',
        resolver,
        bySteps('Set one: by DHCP, netplan, NetworkManager or in /etc/resolv.conf.'),
      );
    }
    if (asked.length === 0)
      return unknown('Nothing that could ask a name server is there.', resolver);
    return asked.map(([server, part]) => ({ ...answerOf(machine, server, part), part: server }));
  },
};

function answerOf(machine: Preflight, server: string, part: Part) {
  const shown = machine.shows(`dns:${server}`);
  const fix = bySteps(
    'Take it out of the configuration, or repair it.',
    'Check that no firewall drops port 53.',
  );
  const { text } = part;
  if (
    /status: (\d+ answers|NOERROR|NXDOMAIN|SERVFAIL|REFUSED)|has address|NXDOMAIN|not found|Name:\s|can't find|no records|answer: */i.test(
      text,
    ) &&
    !/timed out|no servers could be reached|communications error|no response/i.test(text)
  ) {
    return pass(`${server} answers.`, shown);
  }
  if (
    part.end === 'late' ||
    /timed out|no servers could be reached|no response|refused|unreachable/i.test(text)
  ) {
    return fail(`${server} does not answer.`, shown, fix);
  }
  return unknown(`${server}: ${firstLine(text)}`, shown);
}

export const outsideWorld: MachineCheck = {
  id: 'onboarding.outside',
  group,
  title: 'Outside world',
  why: 'K3s and images come from there; behind an air gap they have to be brought along.',
  rule(machine, { network }) {
    if (network !== 'outside')
      return notApplicable('It was not asked: nothing was to be sent outside.');
    const [part, names] = [machine.part('outside'), machine.part('getent')];
    const shown = [...machine.shows('outside'), ...machine.shows('getent')];
    if (!part) return unknown('It was not tried.', shown);
    if (part.end === 0 && /\bopen\b/.test(part.text)) return pass('It is reached.', shown);
    const air = bySteps(
      'Check name servers, gateway and firewall.',
      'Or install without it: images and K3s are carried to the machine (air gap).',
    );
    if (/no-tool/.test(part.text))
      return unknown('Nothing that could open a connection is there.', shown);
    if (names && names.end !== 0)
      return warn('Names of the outside world are not found.', shown, air);
    const how =
      part.end === 'late'
        ? 'It does not answer'
        : /refused/i.test(part.text)
          ? 'It refuses'
          : endOf('The attempt', part);
    return warn(`${how}.`.replace(/\.\.$/, '.'), shown, air);
  },
};
