import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Case, casesOf, killAndGoOn, makeReady, type Ready } from './kill/kill.ts';
import { scenarios } from './kill/scenarios.ts';
import { makeScratch } from './scratch.ts';

/** `npm run test:slow`: all of them. Else those of one step, which has several parts. */
const whole = process.env.RACKHELM_SLOW === '1';
const fewStep = 2;
const few: readonly string[] = ['saved', 'begun', 'middle', 'confirmed', 'undo-middle', 'undone'];
const atOnce = 2;

describe.each(scenarios)('a host that is killed while it runs $name', (scenario) => {
  let scratch: string;
  let ready: Ready;
  beforeAll(async () => {
    scratch = makeScratch('killed', { inMemory: true });
    ready = await makeReady(scenario, scratch);
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  const cases = casesOf(scenario).filter(
    ({ step, point, powerCut }) =>
      whole || (step === fewStep && few.includes(point) && (!powerCut || point === 'confirmed')),
  );

  it('goes on or is undone after it, does nothing twice, and knows all that stands', async () => {
    const [failed, unmet]: [string[], string[]] = [[], []];
    const turns = cases.values();
    const worker = async () => {
      for (const each of turns) {
        try {
          if (!(await killAndGoOn(ready, each))) unmet.push(nameOf(each));
        } catch (error) {
          failed.push(`${nameOf(each)}: ${String(error)}`);
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    const steps = new Set(cases.map(({ step }) => step)).size;
    process.stdout.write(
      `${scenario.name}: killed ${cases.length - unmet.length} times in ${steps} steps; ${unmet.length} points were not met (${unmet.join(', ')}).\n`,
    );
    expect(failed).toEqual([]);
    // A phase that changes one thing has no middle; every other point is there.
    expect(unmet.filter((name) => !name.includes('middle'))).toEqual([]);
  }, 900_000);
});

function nameOf({ step, point, powerCut }: Case): string {
  return `${step} ${point}${powerCut ? ' and a power cut' : ''}`;
}
