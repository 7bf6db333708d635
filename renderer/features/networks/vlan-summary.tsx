import type { VlanRow } from '../../../shared/model/inventory.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { Field, FieldList } from '../../ui/field-list.tsx';
import { formatCount } from '../../ui/formatting.ts';
import inspector from '../inspector/inspector.module.css';

/** A VLAN in the inspector. */
export function VlanSummary({ vlan }: { readonly vlan: VlanRow }) {
  return (
    <div className={inspector.panel}>
      <h2 className={inspector.title}>
        <bdi>{vlan.name}</bdi>
      </h2>
      {vlan.purpose && (
        <p className={inspector.subtitle} dir="auto">
          {vlan.purpose}
        </p>
      )}
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
