import { expect, it } from 'vitest';
import { summarize } from '../../../../shared/onboarding/summarize.ts';
import { observedLink, withLinks } from '../../inventory/sample-facts.ts';

it('counts the own way out of a container among the links, and no way into one', () => {
  const { links } = summarize(
    withLinks([
      observedLink({ name: 'lo', kind: 'loopback', mac: null }),
      observedLink({ name: 'eth0', kind: 'veth' }),
      observedLink({ name: 'vnic7', kind: 'veth', master: 'br0' }),
      observedLink({ name: 'veth12ab', kind: 'veth' }),
    ]),
  );
  expect(links.map(({ name }) => name)).toEqual(['eth0']);
});
