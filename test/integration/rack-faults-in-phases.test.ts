import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeRack, type Rack } from '../rack/index.ts';
import { type FaultCase, faultCases, nameOfCase } from './faults/fault-case.ts';
import { phaseScenarios } from './faults/phase-scenarios.ts';
import { type Outcome, phasesOf, type ReadyPhase, readyPhase, runCase } from './faults/run-case.ts';
import type { NodeScenario } from './kill/node-scenario.ts';
import { makeScratch } from './scratch.ts';

/** `npm run test:slow`: every fault of the rack at every moment of every phase. Else a few. */
const whole = process.env.RACKHELM_SLOW === '1';
/** Only those whose name matches, say `swap: disk-full`. */
const wanted = new RegExp(process.env.RACKHELM_FAULTS ?? '');
const sample = /^hostname: (disk-full at begun|sshd-killed at middle)/;
const scenarios = whole
  ? phaseScenarios
  : phaseScenarios.filter(({ phase }) => phase === 'hostname');

let broken = 0;

describeRack('a node that breaks while it is brought in', 'onboarding', (rack) => {
  let scratch: string;
  beforeAll(() => {
    scratch = makeScratch('faults-in-phases');
  });
  afterAll(() => {
    rmSync(scratch, { recursive: true, force: true });
    process.stdout.write(`Broke nodes ${broken} times in ${scenarios.length} phases.\n`);
  });

  it('is tried in every phase that there is', async () => {
    const tried = phaseScenarios.map(({ phase }) => phase);
    const [scenario] = phaseScenarios;
    if (!scenario) throw new Error('There is no scenario.');
    const phases = await phasesOf({ rack: rack(), scenario, scratch });
    expect(phases.toSorted()).toEqual(tried.toSorted());
  });

  // What breaks one node leaves the others alone.
  it.concurrent.each([...new Set(scenarios.map(({ node }) => node))])(
    'ends each job on %s in plain words, and holds afterwards what its journal knows',
    async (node) => {
      const failed: string[] = [];
      for (const scenario of scenarios.filter((one) => one.node === node)) {
        failed.push(...(await breakEverywhere(rack(), scenario, scratch)));
      }
      expect(failed).toEqual([]);
    },
    whole ? 10_800_000 : 240_000,
  );
});

async function breakEverywhere(
  rack: Rack,
  scenario: NodeScenario,
  scratch: string,
): Promise<string[]> {
  const { phase } = scenario;
  const failed: string[] = [];
  const ends = new Map<string, number>();
  const { ready, items } = await readyPhase({ rack, scenario, scratch });
  for (const each of faultCases({ phase, items })) {
    const name = `${phase}: ${nameOfCase(each)}`;
    if (!wanted.test(name) || !(whole || sample.test(name))) continue;
    const { end, says, wrong } = await tried(ready, each);
    if (end !== 'not met') broken += 1;
    ends.set(end, (ends.get(end) ?? 0) + 1);
    failed.push(...wrong.map((one) => `${name}: ${one}`));
    if (process.env.RACKHELM_FAULTS)
      process.stdout.write(`${name}: ${end}. ${says} ${wrong.join('; ')}\n`);
  }
  const counts = [...ends].map(([end, count]) => `${count} ${end}`).join(', ');
  process.stdout.write(`${phase} with a fault: ${counts}.\n`);
  return failed;
}

async function tried(ready: ReadyPhase, each: FaultCase): Promise<Outcome> {
  try {
    return await runCase(ready, each);
  } catch (error) {
    return { end: 'broken off', says: '', wrong: [String(error)] };
  }
}
