import type { ObjectName } from '../../../../shared/cluster/object-page.ts';
import type { Installation } from '../../installation.ts';
import {
  type ActionOptions,
  type ActionWork,
  act,
  withActions,
} from './cluster-actions-command.ts';

export interface ObjectOptions extends ActionOptions {
  readonly namespace?: string;
}

export interface EditOptions extends ObjectOptions {
  readonly file?: string;
  readonly force?: true;
}

/** As a person types it. */
export interface TypedObject {
  readonly kind: string;
  readonly name: string;
}

/** Which object is meant; what lies in no namespace is found without one. */
export async function objectMeant(
  { actions, contextId, session }: ActionWork,
  typed: TypedObject,
  { namespace = 'default' }: ObjectOptions,
): Promise<ObjectName> {
  const { kind, namespaced } = await actions.kindCalled(contextId, typed.kind, session.signal);
  return { kind, namespace: namespaced ? namespace : null, name: typed.name };
}

/** `rackhelm cluster delete KIND NAME`. */
export async function deleteObject(
  installation: Installation,
  typed: TypedObject,
  options: ObjectOptions & { readonly orphan?: true },
): Promise<void> {
  await withActions(installation, options, async (work) => {
    const object = await objectMeant(work, typed, options);
    await act(work, { do: 'delete', ...object, orphan: options.orphan === true }, options);
  });
}
