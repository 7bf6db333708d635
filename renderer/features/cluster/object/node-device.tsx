import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Field } from '../../../ui/field-list.tsx';
import { DeviceLink } from '../../links/thing-links.tsx';

/** The device of the inventory that a node is, as far as its name tells. */
export function NodeDevice({ name }: { readonly name: string }) {
  const state = useResource(useApp().cluster.deviceCalled(name));
  if (state.status !== 'ready') return null;
  return (
    <Field label="Device">
      {state.data === null ? (
        'none in the inventory is called so'
      ) : (
        <DeviceLink id={state.data.id} name={state.data.name} />
      )}
    </Field>
  );
}
