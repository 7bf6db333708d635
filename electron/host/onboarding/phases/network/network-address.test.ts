import { expect, it } from 'vitest';
import { contextOf } from '../../../engine/phases/trial/break-off.ts';
import { TrialNode } from '../../../engine/phases/trial/trial-node.ts';
import { createNetworkAddressPhase } from './network-address.ts';
import { networkParams } from './wanted.ts';

const phase = createNetworkAddressPhase();
const params = networkParams.parse({ interface: 'eth0', addresses: ['192.0.2.11/24'] });
const config = '/etc/network/interfaces';

/** One that ifupdown looks after. */
const node = (trial: string, ifstate = 'eth0=eth0') =>
  new TrialNode({
    files: { [config]: 'auto eth0\niface eth0 inet static\n  address 192.0.2.5/24\n' },
    programs: [
      [/rackhelm\/network/, () => trial],
      [/^echo "\$SSH_CONNECTION"/, () => '192.0.2.2 50000 192.0.2.5 22'],
      [/^cd \/sys\/class\/net/, () => 'eth0 2 02:00:00:00:00:11 '],
      [/^ip -o addr/, () => '2: eth0    inet 192.0.2.5/24 scope global eth0'],
      [/^for file in/, () => config],
      [/ifstate/, () => ifstate],
      [/dhcpcd/, () => ({ out: '', exit: 1 })],
      [/^/, () => ''],
    ],
  });

it.each([
  ['none', 'absent'],
  // Each of these leaves something on the machine that undo has to find.
  ['prepared', 'partly'],
  ['running', 'partly'],
  ['broken', 'partly'],
  ['ended', 'partly'],
])('says of a change that is %s that it is %s', async (trial, standing) => {
  const probed = await phase.probe(contextOf(node(trial).machine), params);
  expect(probed).toMatchObject({ standing, found: expect.stringContaining('192.0.2.5/24') });
});

it.each([
  // ifupdown has taken it down and not brought it up again.
  ['running', { standing: 'partly', found: expect.stringContaining('on trial') }],
  ['broken', { standing: 'partly' }],
  ['none', { standing: 'unknown', found: expect.stringContaining('looks after eth0') }],
])('tells an interface that nothing has in its hands while a change is %s', async (trial, told) => {
  expect(await phase.probe(contextOf(node(trial, '').machine), params)).toMatchObject(told);
});
