import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
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

describeRack('a host that is killed while it onboards real machines', 'onboarding', (rack) => {
  let scratch: string;
  beforeAll(() => {
    scratch = makeScratch('killed-on-nodes');
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it.each(whole ? nodeScenarios : nodeScenarios.slice(0, 1))(
    'goes on with $name or takes it back, and leaves nothing that its journal does not know',
    async (scenario) => {
      const { killed, failed, unmet } = await killEverywhere(rack(), scenario, scratch);
      const said = unmet.length === 0 ? '' : `; not met: ${unmet.join(', ')}`;
      process.stdout.write(`${scenario.name}: killed ${killed} times${said}.\n`);
      expect(failed).toEqual([]);
    },
    whole ? 1_800_000 : 180_000,
  );
});

async function killEverywhere(rack: Rack, scenario: NodeScenario, scratch: string) {
  const ready = await readyNode(rack, scenario, scratch);
  const [failed, unmet]: [string[], string[]] = [[], []];
  let killed = 0;
  const kill = async (each: NodeCase): Promise<boolean> => {
    const met = await killOnNode(ready, each);
    if (met) killed += 1;
    return met;
  };
  for (const each of whole ? nodeCases() : [sample]) {
    const last = whole && isOneOfMany(each.point) ? mostCalls : each.call;
    for (let { call } = each; call <= last; call += 1) {
      const name = nameOfCase({ ...each, call });
      try {
        if (await kill({ ...each, call })) continue;
        if (call === each.call) unmet.push(name);
      } catch (error) {
        failed.push(`${name}: ${String(error)}`);
      }
      // Where one call is not made there are no later ones; one that was too quick may be followed.
      if (each.point.endsWith('middle')) break;
    }
  }
  return { killed, failed, unmet };
}
