import type { Phase } from '../../../engine/jobs/index.ts';
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
  return {
    ...phase,
    probe: (context, params) =>
      probing(async () => {
        const probed = await phase.probe(context, params);
        const { parts } = await look(
          context,
          { mark: isUnderWay(mark) },
          { named: phase.id, root: true },
        );
        return { ...probed, standing: standingWith(parts.mark, probed.standing) };
      }),
    async undo(context, params, saved) {
      const work = async () => {
        await phase.undo(context, params, saved);
        await runCommand(context, { command: `rmdir ${folders} 2>/dev/null; true` });
      };
      await asOneChange(context, mark, { work });
    },
  };
}
