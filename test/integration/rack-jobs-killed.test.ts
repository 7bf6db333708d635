import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onboardingPhases } from '../../electron/host/onboarding/phases/index.ts';
import { describeRack } from '../rack/index.ts';
import { isWhole, killEverywhere } from './kill/kill-everywhere.ts';
import { isOneOfMany, nameOfCase } from './kill/node-kill.ts';
import { nodeScenarios } from './kill/node-scenarios.ts';
import { makeScratch } from './scratch.ts';

const chosen = isWhole ? nodeScenarios : nodeScenarios.slice(0, 1);

it('kills the host in every phase that an onboarding has', () => {
  const killed = new Set(nodeScenarios.map(({ phase }) => phase));
  const mending = onboardingPhases({
    tryKeyLogin: async () => 'in',
    expectHostKeys: async () => {},
  });
  const all = [...mending.map(({ id }) => id), 'record-device', 'retire-device'];
  expect(all.filter((phase) => !killed.has(phase))).toEqual([]);
});

describeRack('a host that is killed while it onboards real machines', 'onboarding', (rack) => {
  let scratch: string;
  beforeAll(() => {
    // What a power cut takes is cut out of the journal by hand.
    scratch = makeScratch('killed-on-nodes', { inMemory: true });
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  // Machines wait more than they work: those of different nodes are tried at once, those of one in turn.
  const nodes = [...new Set(chosen.map(({ node }) => node))];
  describe.concurrent.for(nodes)('on %s', (node) => {
    it.for(chosen.filter((one) => one.node === node))(
      'goes on with $name or takes it back, and leaves nothing that its journal does not know',
      // A change of the network waits for its end each time.
      { concurrent: false, timeout: isWhole ? 10_800_000 : 180_000 },
      async (scenario) => {
        const { killed, failed, unmet } = await killEverywhere(rack(), scenario, scratch);
        const said = unmet.length === 0 ? '' : `; not met: ${unmet.map(nameOfCase).join(', ')}`;
        process.stdout.write(`${scenario.name}: killed ${killed} times${said}.\n`);
        expect(failed).toEqual([]);
        expect(killed).toBeGreaterThan(0);
        // A phase may change nothing on its machine, or nothing in so many calls; and some stay.
        const must = unmet.filter(({ point }) => !isOneOfMany(point));
        if (!scenario.again) expect(must).toEqual([]);
      },
    );
  });
});
