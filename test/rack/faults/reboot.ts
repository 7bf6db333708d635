import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostKeysOf, makeHostKeys } from '../identity.ts';
import { addressOf, otherHost } from '../networks.ts';
import { initOf, waitForRestart } from '../node-process.ts';
import { RackError } from '../rack-error.ts';
import { type Fault, type FaultTarget, inNode } from './fault.ts';
import { presentHostKeys } from './identity.ts';

/** What power.sh and boot.sh read at the next restart. */
function powerFile({ state, spec }: FaultTarget, name: string): string {
  return state.path('nodes', spec.name, 'power', name);
}

/** A node that a restart has taken away comes back once nothing holds it; others run or are off. */
async function waitUntilBack({ state, spec }: FaultTarget): Promise<void> {
  if (!initOf(state, spec.name)) await waitForRestart(state, spec.name, null);
}

export const rebootNever: Fault = {
  description: 'the next restart does not bring it back; --off does',
  set: async (target) => writeFileSync(powerFile(target, 'never'), ''),
  clear: async (target) => {
    rmSync(powerFile(target, 'never'), { force: true });
    await waitUntilBack(target);
  },
};

export const rebootSlow: Fault = {
  description: 'a restart takes so many seconds (20) instead of one',
  plan: (_target, options) => ({ seconds: options.seconds ?? 20 }),
  set: async (target, record) => {
    const tenths = Math.round(Number(record.seconds) * 10);
    writeFileSync(powerFile(target, 'away'), `${tenths}\n`);
  },
  clear: async (target) => {
    rmSync(powerFile(target, 'away'), { force: true });
    await waitUntilBack(target);
  },
};

/** Shell lines for whichever `ip` the node has; the default routes go with the addresses. */
function moveLines(target: FaultTarget, to: 'other' | 'own'): string {
  const leg = target.spec.legs.find((one) => one.network === 'management');
  if (!leg) throw new RackError(`${target.spec.name} has no leg on management.`);
  const own = addressOf(target.description.slot, leg.network, leg.host);
  const other = addressOf(target.description.slot, leg.network, otherHost(leg.host));
  const [from, into] = to === 'other' ? [own, other] : [other, own];
  const device = `dev ${leg.interface}`;
  return [
    'routes4=$(ip -4 route show default | head -n 1) routes6=$(ip -6 route show default | head -n 1)',
    `ip addr del ${from.ipv4}/24 ${device}`,
    `ip addr add ${into.ipv4}/24 broadcast + ${device}`,
    `ip addr del ${from.ipv6}/64 ${device}`,
    `ip addr add ${into.ipv6}/64 ${device}`,
    '[ -z "$routes4" ] || ip -4 route replace $routes4',
    '[ -z "$routes6" ] || ip -6 route replace $routes6',
    'true\n',
  ].join('\n');
}

export const rebootOtherAddress: Fault = {
  description: 'it comes back from restarts with another address on management (host part + 100)',
  set: async (target) => writeFileSync(powerFile(target, 'address'), moveLines(target, 'other')),
  clear: async (target) => {
    rmSync(powerFile(target, 'address'), { force: true });
    // Only where a restart has moved it.
    const back = moveLines(target, 'own');
    await inNode(target, `[ ! -s /run/rack-address ] || { rm /run/rack-address\n${back}}`);
  },
};

export const rebootOtherKey: Fault = {
  description: 'it comes back from restarts with other host keys',
  set: async (target) => {
    const directory = powerFile(target, 'host-keys');
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    await makeHostKeys(directory, target.spec.name);
  },
  clear: async (target) => {
    rmSync(powerFile(target, 'host-keys'), { recursive: true, force: true });
    await presentHostKeys(target, hostKeysOf(target.state, target.spec));
  },
};
