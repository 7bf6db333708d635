import { lookLikeAlpine } from './alpine.ts';
import type { NodeBuild } from './look.ts';
import { addLargeFileSystem } from './nas.ts';
import { lookLikePi } from './pi.ts';
import { lookLikePc } from './x86.ts';

export { NodeBuild } from './look.ts';

/** Gives a machine the face of its kind. Plain nodes show this computer's own. */
export function writeLook(build: NodeBuild): void {
  const { look } = build.spec;
  if (look === 'plain') return;
  if (look === 'pi-4' || look === 'pi-5') lookLikePi(build, look);
  else if (look === 'alpine') lookLikeAlpine(build);
  else lookLikePc(build);
  if (look === 'nas') addLargeFileSystem(build);
}
