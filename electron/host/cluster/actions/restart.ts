import type { ActionOf } from '../../../../shared/cluster/actions/action.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { type Acting, type Looked, named, noteItem, partOf, shown, updateItem } from './acting.ts';

/** What kubectl writes as well, so that both know of each other. */
const restartedAt = 'kubectl.kubernetes.io/restartedAt';

/** All pods anew, as its strategy says. */
export async function lookAtRestart(
  { client, where, typeOf, signal }: Acting,
  { kind, namespace, name }: ActionOf<'restart'>,
): Promise<Looked> {
  const type = await typeOf(kind);
  const which = named(namespace, name);
  const what = shown(kind, namespace, name);
  const before = await client.get(type, which, { signal });
  if (partOf(before, 'spec', 'paused') === true) {
    throw new RackhelmError('INVALID_INPUT', `${what} is paused: it would restart nothing.`, {
      hint: 'Let its rollout go on first.',
    });
  }
  const mark = (at: string) => ({
    spec: { template: { metadata: { annotations: { [restartedAt]: at } } } },
  });
  const at = new Date().toISOString();
  const asked = { kind: 'strategic', patch: mark(at), signal } as const;
  await client.patch(type, which, { ...asked, dryRun: true });
  const annotations = partOf(before, 'spec', 'template', 'metadata', 'annotations');
  const was = partOf(annotations, restartedAt);
  const isByHand = partOf(before, 'spec', 'updateStrategy', 'type') === 'OnDelete';
  return {
    title: `Restart ${what}`,
    items: [
      updateItem({
        where,
        what,
        before: was === undefined ? {} : mark(String(was)),
        after: mark(at),
      }),
      noteItem(
        isByHand
          ? 'Its pods are replaced only as somebody deletes them.'
          : `Its pods are replaced one after the other, by its strategy.`,
        isByHand ? 'warning' : 'info',
      ),
    ],
    undo: null,
    seen: { uid: before.metadata.uid, generation: before.metadata.generation },
    async act() {
      await client.patch(type, which, asked);
      return { says: `${what} is being restarted.`, undo: null, made: null };
    },
  };
}
