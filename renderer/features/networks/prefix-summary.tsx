import type { PrefixRow } from '../../../shared/model/inventory.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { Field, FieldList } from '../../ui/field-list.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import inspector from '../inspector/inspector.module.css';
import { DeviceLink, VlanLink } from '../links/thing-links.tsx';

/** A prefix in the inspector, with the addresses that are declared in it. */
export function PrefixSummary({ prefix }: { readonly prefix: PrefixRow }) {
  const { vlan, addressCount } = prefix;
  return (
    <div className={inspector.panel}>
      <h2 className={inspector.title}>
        <bdi>{prefix.prefix}</bdi>
      </h2>
      <div className={inspector.part}>
        <FieldList>
          <Field label="Prefix">
            <CopyText text={prefix.prefix} />
          </Field>
          <Field label="VLAN">
            {vlan && (
              <>
                {vlan.vlanId} <VlanLink number={vlan.vlanId} name={vlan.name} />
              </>
            )}
          </Field>
        </FieldList>
      </div>
      <section className={inspector.part}>
        <h3 className={inspector.partTitle}>{formatCount(addressCount, 'address', 'addresses')}</h3>
        {addressCount > 0 && <Addresses id={prefix.id} />}
      </section>
    </div>
  );
}

function Addresses({ id }: { readonly id: string }) {
  const state = useResource(useApp().inventory.prefixAddresses(id));
  if (state.status === 'loading') return <Skeleton label="Reading the addresses" />;
  if (state.status === 'failed') return <p>{state.failure.message}</p>;
  const { rows, total } = state.data;
  return (
    <ul>
      {rows.map(({ deviceId, deviceName, interfaceName, address }) => (
        <li key={`${deviceId} ${interfaceName} ${address}`} className={inspector.item}>
          <span className={inspector.itemName}>
            <DeviceLink id={deviceId} name={deviceName} />
          </span>
          <span className={inspector.itemDetail}>
            {address} · <bdi>{interfaceName}</bdi>
          </span>
        </li>
      ))}
      {total > rows.length && <li>and {total - rows.length} more</li>}
    </ul>
  );
}
