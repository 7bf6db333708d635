import { expect, it } from 'vitest';
import { linksOf, observationsOf } from './observed.ts';
import { address, observedLink, sampleFacts } from './sample-facts.ts';

const observed = (links: readonly ReturnType<typeof observedLink>[]) =>
  new Map(
    observationsOf(sampleFacts({ interfaces: { status: 'ok', data: [...links] } })).map((one) => [
      one.key,
      one,
    ]),
  );

it('puts interfaces together again from their observations, in the order of their names', () => {
  const lone = observedLink({ name: 'eth10', mac: null, mtu: null });
  const vlan = observedLink({
    name: 'eth2.20',
    kind: 'vlan',
    vlanId: 20,
    parent: 'eth2',
    addresses: [address('10.0.20.1/24'), address('10.0.20.9/32'), address('fd00::1/64')],
  });
  expect(linksOf(observed([lone, vlan]))).toEqual([
    {
      name: 'eth2.20',
      kind: 'vlan',
      mac: 'd8:3a:dd:00:00:01',
      mtu: 1500,
      vlanId: 20,
      parent: 'eth2',
      addresses: [
        { address: '10.0.20.1/24', role: 'host', byItself: false },
        { address: '10.0.20.9/32', role: 'virtual', byItself: false },
        { address: 'fd00::1/64', role: 'host', byItself: false },
      ],
    },
    {
      name: 'eth10',
      kind: 'ethernet',
      mac: null,
      mtu: null,
      vlanId: null,
      parent: null,
      addresses: [],
    },
  ]);
});

it('takes no longer for each interface when there are thousands', () => {
  const many = observed(
    Array.from({ length: 6_000 }, (_, i) =>
      observedLink({ name: `e${i}`, addresses: [address(`10.${i >> 8}.${i & 255}.1/24`)] }),
    ),
  );
  const begin = performance.now();
  expect(linksOf(many)).toHaveLength(6_000);
  // About 50 ms; looking through all observations for each of them took over 4 s.
  expect(performance.now() - begin).toBeLessThan(1_000);
});
