import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { ActionOf } from '../../../../shared/cluster/actions/action.ts';
import type { EditableObject, FieldConflict } from '../../../../shared/cluster/actions/preview.ts';
import type { KubeObject } from '../../../../shared/cluster/kube-object.ts';
import type { ObjectName } from '../../../../shared/cluster/object-page.ts';
import { said } from '../../../../shared/cluster/status.ts';
import { yamlText } from '../../../../shared/cluster/yaml-text.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { fieldManager, KubeError } from '../../connections/kubernetes/index.ts';
import { type Acting, type Looked, named, noteItem, shown, updateItem } from './acting.ts';

/** As a person edits it: without what the cluster itself writes. Throws INVALID_INPUT for secrets. */
export async function editable(acting: Acting, which: ObjectName): Promise<EditableObject> {
  const { kind, namespace, name } = which;
  const object = await read(acting, which);
  const { uid, resourceVersion } = object.metadata;
  return { ...{ kind, namespace, name, uid, resourceVersion }, yaml: yamlText(bare(object)) };
}

async function read({ client, typeOf, signal }: Acting, { kind, namespace, name }: ObjectName) {
  if (kind === 'secrets') {
    throw new RackhelmError('INVALID_INPUT', 'The values of a secret are not shown to be edited.', {
      hint: 'Make it anew with kubectl create secret --dry-run=client -o yaml.',
    });
  }
  return await client.get(await typeOf(kind), named(namespace, name), { signal });
}

const writtenByCluster = ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'selfLink'];

function bare({ status: _, metadata, ...rest }: KubeObject) {
  const kept = Object.entries(metadata).filter(([key]) => !writtenByCluster.includes(key));
  const { apiVersion, kind, ...parts } = rest;
  return { apiVersion, kind, metadata: Object.fromEntries(kept), ...parts };
}

const edited = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});

function parsed(text: string) {
  const document = parseDocument(text);
  const [problem] = document.errors;
  if (problem !== undefined) {
    throw new RackhelmError(
      'INVALID_INPUT',
      `This is no YAML: ${said(problem.message.split('\n')[0] ?? '')}`,
    );
  }
  const read = edited.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (read.success) return read.data;
  throw new RackhelmError(
    'INVALID_INPUT',
    'This is no object: it lacks apiVersion, kind or its name.',
  );
}

/**
 * A whole object as a person edited it. Server-side apply is tried first, as it alone tells who manages
 * what would be changed. It is then replaced, by the version that was shown: apply would leave what was
 * deleted from the text, and would make us manage all the rest as well.
 */
export async function lookAtEdit(acting: Acting, action: ActionOf<'edit'>): Promise<Looked> {
  const { client, where, typeOf, signal } = acting;
  const { kind, namespace, name, uid, resourceVersion, yaml, force } = action;
  const type = await typeOf(kind);
  const which = named(namespace, name);
  const what = shown(kind, namespace, name);
  const before = await read(acting, action);
  if (before.metadata.uid !== uid || before.metadata.resourceVersion !== resourceVersion) {
    throw changed(what);
  }
  const wanted = parsed(yaml);
  if (
    wanted.metadata.name !== name ||
    (wanted.metadata.namespace ?? namespace) !== namespace ||
    wanted.kind !== before.kind
  ) {
    throw new RackhelmError('INVALID_INPUT', `This is another object than ${what}.`, {
      hint: 'Kind, name and namespace of an object cannot be changed.',
    });
  }
  const object = { ...wanted, metadata: { ...wanted.metadata, uid, resourceVersion } };
  const conflicts = await conflictsOf(acting, action, object);
  const asked = { object: { ...object, status: before.status }, signal };
  const after = await client
    .replace(type, which, { ...asked, dryRun: true })
    .catch((error) => rethrown(error, what));
  const isSame = yamlText(bare(before)) === yamlText(bare(after));
  return {
    title: `Edit ${what}`,
    items: isSame
      ? [noteItem('Nothing is changed by it.')]
      : [updateItem({ where, what, before: bare(before), after: bare(after) })],
    conflicts: force ? [] : conflicts,
    undo: isSame ? null : 'Put the text from before back.',
    seen: { uid, resourceVersion, yaml, force, conflicts },
    async act() {
      if (isSame) return { says: `${what} is so already.`, undo: null, made: null };
      const now = await client.replace(type, which, asked).catch((error) => rethrown(error, what));
      return {
        says: `${what} was changed.`,
        undo: {
          ...action,
          yaml: yamlText(bare(before)),
          resourceVersion: now.metadata.resourceVersion,
          force: true,
        },
        made: null,
      };
    },
  };
}

async function conflictsOf(
  { client, typeOf, signal }: Acting,
  { kind, namespace, name }: ActionOf<'edit'>,
  object: object,
): Promise<FieldConflict[]> {
  try {
    const type = await typeOf(kind);
    await client.apply(type, named(namespace, name), { object, dryRun: true, signal });
    return [];
  } catch (error) {
    if (!(error instanceof KubeError) || error.code !== 'KUBE_CONFLICT') throw error;
    const managed = error.causes.filter(({ reason }) => reason === 'FieldManagerConflict');
    if (managed.length === 0) throw error;
    // What we changed by an edit before is ours by another way than by apply, and no conflict.
    return managed
      .map(({ field, message }) => ({ field, who: managerIn(message) }))
      .filter(({ who }) => who !== fieldManager);
  }
}

/** `conflict with "kubectl-client-side-apply" using apps/v1` */
function managerIn(message: string): string {
  return /conflict with "([^"]*)"/.exec(message)?.[1] ?? message;
}

function changed(what: string): RackhelmError {
  return new RackhelmError('CHANGED_SINCE', `${what} was changed since it was opened.`, {
    hint: 'Open it again: what you wrote is still in the text.',
  });
}

function rethrown(error: unknown, what: string): never {
  if (error instanceof KubeError && error.code === 'KUBE_CONFLICT') throw changed(what);
  throw error;
}
