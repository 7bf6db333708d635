import type { Installation } from '../../installation.ts';
import { createInventory } from '../../inventory/index.ts';
import { withSession } from '../session.ts';
import type { TargetOptions } from '../terminal/options.ts';
import { print, printJson } from '../terminal/output.ts';
import { factsText } from './facts-text.ts';
import { parseTarget } from './target.ts';

/**
 * `rackhelm facts HOST`: reads, prints, keeps nothing but an accepted host key, and of a known device
 * how the attempt went.
 */
export async function printFacts(
  installation: Installation,
  host: string,
  options: TargetOptions,
): Promise<void> {
  const target = parseTarget(host, options);
  const facts = await withSession(installation, options, async (session) => {
    const inventory = createInventory(session.database);
    const reading = await inventory.readings.ofTarget(target, 'command-line', () =>
      session.readMachine(target, session),
    );
    const known = inventory.identify(reading.facts, reading);
    const same = known.find(({ verdict }) => verdict === 'same');
    const { collectedAt: at, durationMs } = reading.facts;
    if (same) inventory.readings.succeeded(same.deviceId, 'command-line', { at, durationMs });
    return reading.facts;
  });
  if (options.json) printJson(facts);
  else print(factsText(facts));
}
