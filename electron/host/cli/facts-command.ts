import type { Installation } from '../installation.ts';
import { factsText } from './facts-text.ts';
import type { TargetOptions } from './options.ts';
import { print, printJson } from './output.ts';
import { withSession } from './session.ts';
import { parseTarget } from './target.ts';

/** `rackhelm facts HOST`: reads, prints, keeps nothing but an accepted host key. */
export async function printFacts(
  installation: Installation,
  host: string,
  options: TargetOptions,
): Promise<void> {
  const target = parseTarget(host, options);
  const { facts } = await withSession(installation, options, (session) =>
    session.readMachine(target, session),
  );
  if (options.json) printJson(facts);
  else print(factsText(facts));
}
