import type { ActionOf } from '../../../../shared/cluster/actions/action.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { type Acting, type Looked, named, partOf, shown, updateItem } from './acting.ts';
import { historyOf, type StoredRevision } from './revisions.ts';

/** To what a workload was before. */
export async function lookAtRollBack(
  acting: Acting,
  action: ActionOf<'roll-back'>,
): Promise<Looked> {
  const { client, where, typeOf, signal } = acting;
  const { kind, namespace, name, revision } = action;
  const { workload, stored, current } = await historyOf(acting, action);
  const what = shown(kind, namespace, name);
  const goal = stored.find((one) => one.revision === revision);
  if (goal === undefined) {
    throw new RackhelmError('NOT_FOUND', `${what} keeps no revision ${revision}.`, {
      hint: `It keeps ${stored.map((one) => one.revision).join(', ') || 'none'}.`,
    });
  }
  if (revision === current) {
    throw new RackhelmError('INVALID_INPUT', `${what} is at revision ${revision} already.`);
  }
  if (partOf(workload, 'spec', 'paused') === true) {
    throw new RackhelmError('INVALID_INPUT', `${what} is paused: it cannot be rolled back.`);
  }
  const type = await typeOf(kind);
  const which = named(namespace, name);
  const asked = { ...patchOf(goal, workload.metadata.resourceVersion), signal };
  const after = await client.patch(type, which, { ...asked, dryRun: true });
  const template = (object: object) => ({ spec: { template: partOf(object, 'spec', 'template') } });
  return {
    title: `Roll ${what} back to revision ${revision}`,
    items: [updateItem({ where, what, before: template(workload), after: template(after) })],
    undo: current === null ? null : `Roll it back to revision ${current}.`,
    seen: { uid: workload.metadata.uid, current, goal: goal.template },
    async act() {
      await client.patch(type, which, asked);
      return {
        says: `${what} goes back to revision ${revision}.`,
        undo: current === null ? null : { ...action, revision: current },
        made: null,
      };
    },
  };
}

/** By the version that was read: what changed since is not written over. */
function patchOf({ patch, template }: StoredRevision, resourceVersion: string) {
  if (patch !== null) {
    return { kind: 'strategic', patch: { ...patch, metadata: { resourceVersion } } } as const;
  }
  const operations = [
    { op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion },
    { op: 'replace', path: '/spec/template', value: template },
  ];
  return { kind: 'json', patch: operations } as const;
}
