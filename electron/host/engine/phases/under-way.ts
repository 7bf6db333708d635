import type { Standing } from '../../../../shared/jobs/plan.ts';
import { quote } from '../../connections/ssh/index.ts';
import type { PhaseContext } from '../jobs/index.ts';
import { runCommand } from './command.ts';
import type { Part } from './look.ts';

const folder = '/var/lib/rackhelm';
const markOf = (phase: string) => `${folder}/under-way-${phase}`;

/** For a look: whether a change of this phase was begun on the machine and not brought to its end. */
export const isUnderWay = (phase: string) => `[ -e ${markOf(phase)} ]`;

/**
 * Several changes that belong together. As long as they are under way a mark on the machine says so: what
 * was broken off in between, also by a power cut there, is neither absent nor present. `also`: paths that
 * go with the mark.
 */
export async function asOneChange(
  context: PhaseContext,
  phase: string,
  { work, also = [] }: { work: () => Promise<void>; also?: readonly string[] },
): Promise<void> {
  const mark = markOf(phase);
  await runCommand(context, { command: `mkdir -p ${folder} && touch ${mark}` });
  await work();
  const paths = [...also.map(quote), mark].join(' ');
  // The folder goes unless something else of ours lies in it.
  await runCommand(context, {
    command: `rm -rf ${paths} && { rmdir ${folder} 2>/dev/null; true; }`,
  });
}

/** What a probe says where a change is under way: something of it may stand. */
export function standingWith(mark: Part, standing: Standing): Standing {
  return mark.exitCode === 0 && standing !== 'unknown' ? 'partly' : standing;
}
