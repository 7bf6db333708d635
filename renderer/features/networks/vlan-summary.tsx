import type { VlanDetails } from '../../../shared/model/networks.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Field, FieldList } from '../../ui/field-list.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import inspector from '../inspector/inspector.module.css';
import { DeviceLink, PrefixLink, ServiceLink } from '../links/thing-links.tsx';
import { portsText, rangeWord, reachSentences, takenText, trafficWords } from './network-words.ts';
import classes from './networks.module.css';

/** A VLAN in the inspector: what reaches what, its prefixes, and who is in it. */
export function VlanSummary({ id }: { readonly id: string }) {
  const { networks } = useApp();
  const resource = networks.vlan(id);
  const state = useResource(resource);
  if (state.status === 'loading') return <Skeleton label="Reading the VLAN" />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  return <Summary vlan={state.data} />;
}

function Summary({ vlan }: { readonly vlan: VlanDetails }) {
  const { dialogs } = useApp();
  const { id, number, name, mtu, purpose, traffic } = vlan;
  return (
    <div className={inspector.panel}>
      <h2 className={inspector.title}>
        <bdi>{name}</bdi>
      </h2>
      {purpose !== null && (
        <p className={inspector.subtitle} dir="auto">
          {purpose}
        </p>
      )}
      <div className={inspector.actions}>
        <Button
          onClick={() =>
            dialogs.setState({ kind: 'edit-records', record: 'vlan', ids: [id] }, true)
          }
        >
          Edit
        </Button>
        <Button
          onClick={() =>
            dialogs.setState({ kind: 'add-record', record: 'prefix', values: { vlan: id } }, true)
          }
        >
          Add prefix
        </Button>
      </div>
      <FieldList>
        <Field label="VLAN" mono>
          {number}
        </Field>
        <Field label="Traffic">{traffic && trafficWords[traffic].label}</Field>
        <Field label="MTU">{mtu}</Field>
      </FieldList>
      <section className={inspector.part}>
        <h3 className={inspector.partTitle}>What reaches what</h3>
        <ul>
          {reachSentences(vlan).map((sentence) => (
            <li key={sentence} className={inspector.item}>
              {sentence}
            </li>
          ))}
        </ul>
      </section>
      <Prefixes vlan={vlan} />
      <Devices vlan={vlan} />
      <Exposures vlan={vlan} />
    </div>
  );
}

function Prefixes({ vlan: { prefixes, prefixCount } }: { readonly vlan: VlanDetails }) {
  if (prefixCount === 0) return null;
  return (
    <section className={inspector.part}>
      <h3 className={inspector.partTitle}>{formatCount(prefixCount, 'prefix', 'prefixes')}</h3>
      <ul>
        {prefixes.map(({ id, prefix, gateway, use, ranges }) => (
          <li key={id} className={classes.summaryItem}>
            <span className="rh-mono">
              <PrefixLink prefix={prefix} />
            </span>
            <span className={classes.muted}>
              {[
                takenText(use),
                ...(gateway === null ? [] : [`gateway ${gateway}`]),
                ...ranges.map(({ role, first, last }) => `${rangeWord(role)} ${first}–${last}`),
              ].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Devices({ vlan: { devices, deviceCount } }: { readonly vlan: VlanDetails }) {
  return (
    <section className={inspector.part}>
      <h3 className={inspector.partTitle}>{formatCount(deviceCount, 'device')} with ports in it</h3>
      <ul>
        {devices.map((one) => (
          <li key={one.deviceId} className={inspector.item}>
            <span className={inspector.itemName}>
              <DeviceLink id={one.deviceId} name={one.deviceName} />
            </span>
            <span className={inspector.itemNote}>{portsText(one)}</span>
          </li>
        ))}
        {deviceCount > devices.length && <li>and {deviceCount - devices.length} more</li>}
      </ul>
    </section>
  );
}

function Exposures({ vlan: { exposures } }: { readonly vlan: VlanDetails }) {
  const here = exposures.filter((one) => one.here);
  if (here.length === 0) return null;
  return (
    <section className={inspector.part}>
      <h3 className={inspector.partTitle}>Reached in it</h3>
      <ul>
        {here.map(({ id, serviceId, serviceName, protocol, port, address, hostname }) => (
          <li key={id} className={inspector.item}>
            <span className={inspector.itemName}>
              <ServiceLink id={serviceId} name={serviceName} />
            </span>
            <span className={inspector.itemDetail}>
              {[address, port === null ? null : `${protocol ?? 'tcp'} ${port}`, hostname]
                .filter((part) => part !== null)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
