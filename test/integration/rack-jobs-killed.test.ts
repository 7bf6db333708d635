import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onboardingPhases } from '../../electron/host/onboarding/phases/index.ts';
import { describeRack, type Rack } from '../rack/index.ts';
import {
  isOneOfMany,
  killOnNode,
  type NodeCase,
  nameOfCase,
  nodeCases,
  readyNode,
} from './kill/node-kill.ts';
import type { NodeScenario } from './kill/node-scenario.ts';
import { nodeScenarios } from './kill/node-scenarios.ts';
import { makeScratch } from './scratch.ts';

/** `npm run test:slow`: all of them. Else one end of one phase. */
const whole = process.env.RACKHELM_SLOW === '1';
const sample: NodeCase = { point: 'middle', call: 2, powerCut: true, next: 'undo' };
const mostCalls = 12;
const chosen = whole ? nodeScenarios : nodeScenarios.slice(0, 1);

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
      { concurrent: false, timeout: whole ? 3_600_000 : 180_000 },
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

async function killEverywhere(rack: Rack, scenario: NodeScenario, scratch: string) {
  const ready = await readyNode(rack, scenario, scratch);
  const failed: string[] = [];
  const unmet: NodeCase[] = [];
  /** How many a phase makes, as soon as that was found out by the points between them. */
  const calls = new Map<boolean, number>();
  let killed = 0;
  const kill = async (each: NodeCase): Promise<boolean> => {
    try {
      const met = await killOnNode(ready, each);
      if (met) killed += 1;
      if (met && killed % 10 === 0) process.stdout.write(`${scenario.name}: ${killed} so far.\n`);
      if (!met && each.call === 1) unmet.push(each);
      return met;
    } catch (error) {
      failed.push(`${nameOfCase(each)}: ${String(error)}`);
      process.stdout.write(`${scenario.name}, ${failed.at(-1)}\n`);
      return true;
    }
  };
  for (const each of whole ? nodeCases() : [sample]) {
    const undoing = each.point.startsWith('undo');
    const many = whole && isOneOfMany(each.point);
    const last = many ? (calls.get(undoing) ?? mostCalls) : each.call;
    for (let { call } = each; call <= last; call += 1) {
      const met = await kill({ ...each, call });
      // Where one call is not made there are no later ones; one that was too quick may be followed.
      if (met || !each.point.endsWith('middle')) continue;
      calls.set(undoing, call - 1);
      break;
    }
  }
  return { killed, failed, unmet };
}
