import type { VlanRow } from '../../../shared/model/inventory.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Field, FieldList } from '../../ui/field-list.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import inspector from '../inspector/inspector.module.css';
import { DeviceLink, PrefixLink } from '../links/thing-links.tsx';

/** A VLAN in the inspector, with the interfaces that are in it. */
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
                <div key={prefix} className="rh-mono">
                  <PrefixLink prefix={prefix} />
                </div>
              ))}
          </Field>
        </FieldList>
      </div>
      <section className={inspector.part}>
        <h3 className={inspector.partTitle}>{formatCount(vlan.interfaceCount, 'interface')}</h3>
        {vlan.interfaceCount > 0 && <Members id={vlan.id} />}
      </section>
    </div>
  );
}

function Members({ id }: { readonly id: string }) {
  const state = useResource(useApp().inventory.vlanMembers(id));
  if (state.status === 'loading') return <Skeleton label="Reading the interfaces" />;
  if (state.status === 'failed') return <p>{state.failure.message}</p>;
  const { rows, total } = state.data;
  return (
    <ul>
      {rows.map(({ deviceId, deviceName, interfaceName, tagged }) => (
        <li key={`${deviceId} ${interfaceName}`} className={inspector.item}>
          <span className={inspector.itemName}>
            <DeviceLink id={deviceId} name={deviceName} />
          </span>
          <span className={inspector.itemNote}>
            <bdi className="rh-mono">{interfaceName}</bdi>, {tagged ? 'tagged' : 'untagged'}
          </span>
        </li>
      ))}
      {total > rows.length && <li>and {total - rows.length} more</li>}
    </ul>
  );
}
