import type { LookContext, Phase } from '../../../engine/jobs/index.ts';
import {
  asOneChange,
  isUnderWay,
  look,
  probing,
  runCommand,
  standingWith,
} from '../../../engine/phases/index.ts';

/** From the inside to the outside. Left empty they would count as what is left of a former K3s. */
const folders = [
  '/var/lib/rancher/k3s/agent/images',
  '/var/lib/rancher/k3s/agent',
  '/var/lib/rancher/k3s',
  '/var/lib/rancher',
  '/etc/rancher/k3s',
  '/etc/rancher',
].join(' ');

/**
 * A phase whose files lie in K3s's folders; undo takes those along that nothing lies in any more. Broken off
 * in between, what stands is neither there nor gone.
 */
export function leavingNoFolders<P, S>(phase: Phase<P, S>): Phase<P, S> {
  const mark = `undo-${phase.id}`;
  const markOf = async (context: LookContext) => {
    const asked = { mark: isUnderWay(mark) };
    return (await look(context, asked, { named: phase.id, root: true })).parts.mark;
  };
  return {
    ...phase,
    probe: (context, params) =>
      probing(async () => {
        const probed = await phase.probe(context, params);
        return { ...probed, standing: standingWith(await markOf(context), probed.standing) };
      }),
    async apply(context, params, saved) {
      const work = () => phase.apply(context, params, saved);
      // An undo that was broken off is over once the job goes on instead.
      if ((await markOf(context)).exitCode === 0) await asOneChange(context, mark, { work });
      else await work();
    },
    async undo(context, params, saved) {
      const work = async () => {
        await phase.undo(context, params, saved);
        await runCommand(context, { command: `rmdir ${folders} 2>/dev/null; true` });
      };
      await asOneChange(context, mark, { work });
    },
  };
}
