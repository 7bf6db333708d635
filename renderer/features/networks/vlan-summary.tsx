import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { Field, FieldList } from '../../ui/field-list.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import inspector from '../inspector/inspector.module.css';

/** A VLAN in the inspector. */
export function VlanSummary({ id }: { readonly id: string }) {
  const { inventory } = useApp();
  const state = useResource(inventory.vlans);
  if (state.status !== 'ready') return <Skeleton label="Reading the VLAN" />;
  const vlan = state.data.find((each) => each.id === id);
  if (vlan === undefined) return null;
  return (
    <div className={inspector.panel}>
      <h2 className={inspector.title}>{vlan.name}</h2>
      {vlan.purpose && <p className={inspector.subtitle}>{vlan.purpose}</p>}
      <div className={inspector.part}>
        <FieldList>
          <Field label="VLAN" mono>
            {vlan.vlanId}
          </Field>
          <Field label="Prefixes">
            {vlan.prefixes.length > 0 &&
              vlan.prefixes.map((prefix) => (
                <div key={prefix}>
                  <CopyText text={prefix} />
                </div>
              ))}
          </Field>
          <Field label="Carried by">{formatCount(vlan.interfaceCount, 'interface')}</Field>
        </FieldList>
      </div>
    </div>
  );
}
