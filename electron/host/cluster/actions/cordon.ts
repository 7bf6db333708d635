import type { ActionOf } from '../../../../shared/cluster/actions/action.ts';
import { resources } from '../resources.ts';
import { type Acting, type Looked, noteItem, partOf, underWayNotes, updateItem } from './acting.ts';

/** Whether new pods may be put on a node. */
export async function lookAtCordon(
  acting: Acting,
  { do: verb, node: name }: ActionOf<'cordon' | 'uncordon'>,
): Promise<Looked> {
  const { client, where, signal } = acting;
  const cordoned = verb === 'cordon';
  const patch = { spec: { unschedulable: cordoned } };
  const asked = { kind: 'strategic', patch, signal } as const;
  const before = await client.get(resources.nodes, { name }, { signal });
  await client.patch(resources.nodes, { name }, { ...asked, dryRun: true });
  const was = partOf(before, 'spec', 'unschedulable') === true;
  const spec = (unschedulable: boolean) => ({ spec: { unschedulable } });
  const back = cordoned ? 'uncordon' : 'cordon';
  return {
    title: cordoned ? `Cordon ${name}` : `Uncordon ${name}`,
    items: [
      was === cordoned
        ? noteItem(cordoned ? 'It is cordoned already.' : 'It takes pods already.')
        : updateItem({ where, what: `node ${name}`, before: spec(was), after: spec(cordoned) }),
      ...underWayNotes(acting),
    ],
    undo: was === cordoned ? null : cordoned ? 'Uncordon it.' : 'Cordon it again.',
    seen: { uid: before.metadata.uid, was },
    async act() {
      await client.patch(resources.nodes, { name }, asked);
      return {
        says: cordoned ? `${name} takes no new pods.` : `${name} takes new pods.`,
        undo: was === cordoned ? null : { do: back, node: name },
        made: null,
      };
    },
  };
}
