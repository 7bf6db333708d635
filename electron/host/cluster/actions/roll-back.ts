import type { ActionOf } from '../../../../shared/cluster/actions/action.ts';
import { yamlText } from '../../../../shared/cluster/yaml-text.ts';
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
  if (partOf(workload, 'spec', 'paused') === true) {
    throw new RackhelmError('INVALID_INPUT', `${what} is paused: it cannot be rolled back.`);
  }
  const type = await typeOf(kind);
  const which = named(namespace, name);
  const asked = { ...patchOf(goal, workload.metadata.resourceVersion), signal };
  const after = await client.patch(type, which, { ...asked, dryRun: true });
  const template = (object: object) => ({ spec: { template: partOf(object, 'spec', 'template') } });
  const was = template(workload);
  // By what it is: the number follows only once the controller has seen the last change.
  if (yamlText(was) === yamlText(template(after))) {
    throw new RackhelmError('INVALID_INPUT', `${what} is as in revision ${revision} already.`);
  }
  const back = current === revision ? null : current;
  return {
    title: `Roll ${what} back to revision ${revision}`,
    items: [updateItem({ where, what, before: was, after: template(after) })],
    undo: back === null ? null : `Roll it back to revision ${back}.`,
    seen: { uid: workload.metadata.uid, was, goal: goal.template },
    async act() {
      await client.patch(type, which, asked);
      return {
        says: `${what} goes back to revision ${revision}.`,
        undo: back === null ? null : { ...action, revision: back },
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
