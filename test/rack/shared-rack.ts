import { afterAll, beforeAll, describe, it } from 'vitest';
import type { ProfileName } from './profiles.ts';
import { Rack } from './rack.ts';
import { canRunRack } from './requirements.ts';
import { downSharedRacks, runVariable } from './shared-rack-run.ts';
import { upRack } from './up.ts';

function runName(): string {
  return process.env[runVariable] ?? `alone-${process.pid}`;
}

function sharedName(run: string, profile: ProfileName): string {
  return `${run}-${profile}`;
}

/** The rack of this profile that all test files of the run share; the first call starts it. */
export async function sharedRack(profile: ProfileName): Promise<Rack> {
  return new Rack(await upRack({ name: sharedName(runName(), profile), profile }));
}

/**
 * A `describe` whose tests get the shared rack. Where no rack can run, it is skipped with the reason
 * in its name, or fails when RACKHELM_REQUIRE_ALL=1 says that nothing may be skipped.
 */
export function describeRack(
  name: string,
  profile: ProfileName,
  tests: (rack: () => Rack) => void,
): void {
  const reason = canRunRack(profile);
  if (reason === null) {
    describe(name, () => {
      let rack: Rack | null = null;
      beforeAll(async () => {
        rack = await sharedRack(profile);
      });
      // Without the global set-up nobody else would end it.
      if (!process.env[runVariable]) afterAll(() => downSharedRacks(runName()));
      tests(() => {
        if (!rack) throw new Error('The rack is there inside of tests and hooks only.');
        return rack;
      });
    });
  } else if (process.env.RACKHELM_REQUIRE_ALL === '1') {
    it(name, () => {
      throw new Error(`Nothing may be skipped, but: ${reason}`);
    });
  } else {
    describe.skip(`${name} (${reason})`, () => {
      it('needs the rack', () => {});
    });
  }
}
