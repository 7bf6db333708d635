import { IconArrowRight, IconPointer } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { useApp } from '../../app/app-context.ts';
import type { Resource } from '../../rpc/resource.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Ago } from '../../ui/ago.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Field, FieldList } from '../../ui/field-list.tsx';
import { formatBytes, formatCount } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { DeviceDetails } from '../device/device-store.ts';
import { DeviceStatusBadge, KindIcon, Tags } from '../devices/device-cells.tsx';
import { kindWords } from '../devices/device-words.ts';
import { RackLink, ServiceLink } from '../links/thing-links.tsx';
import { VlanSummary } from '../networks/vlan-summary.tsx';
import { ProposalSummary } from '../proposals/proposal-summary.tsx';
import { RefreshButton } from '../readings/reading-notice.tsx';
import { ReadingBadge } from '../readings/reading-state.tsx';
import { ServiceSummary } from '../services/service-summary.tsx';
import classes from './inspector.module.css';

/** What is selected, in short. */
export function Inspector() {
  const { inventory, layout } = useApp();
  const inspected = useStore(layout.store, (state) => state.inspected);
  switch (inspected.kind) {
    case 'none':
      return <Nothing />;
    case 'device':
      return <DeviceSummary key={inspected.id} id={inspected.id} />;
    case 'selection':
      return <SelectedDevices />;
    case 'service':
      return (
        <OneOf resource={inventory.services} id={inspected.id} label="Reading the service">
          {(service, services) => <ServiceSummary service={service} services={services} />}
        </OneOf>
      );
    case 'proposal':
      return <SelectedProposal />;
    case 'vlan':
      return <VlanSummary key={inspected.id} id={inspected.id} />;
  }
}

interface OneOfProps<T> {
  readonly resource: Resource<T[]>;
  readonly id: string;
  readonly label: string;
  readonly children: (one: T, all: readonly T[]) => ReactNode;
}

/** One thing of a list; what was deleted meanwhile is no longer selected. */
function OneOf<T extends { readonly id: string }>(props: OneOfProps<T>) {
  const { resource, id, label, children } = props;
  const state = useResource(resource);
  if (state.status === 'loading') return <Skeleton label={label} />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  const one = state.data.find((each) => each.id === id);
  return one === undefined ? <Nothing /> : children(one, state.data);
}

function Nothing() {
  return (
    <div className={classes.nothing}>
      <IconPointer aria-hidden className={classes.nothingIcon} />
      <p>Select something to see it here.</p>
    </div>
  );
}

function SelectedProposal() {
  const { proposals } = useApp();
  const selected = useStore(proposals.selection, (state) => state.selected);
  const [first] = selected.values();
  if (first === undefined || selected.size > 1) return <Nothing />;
  return <ProposalSummary key={first.key} proposal={first} />;
}

function SelectedDevices() {
  const { devices } = useApp();
  const selected = useStore(devices.store, (state) => state.selected);
  const [first] = selected;
  if (first === undefined) return <Nothing />;
  if (selected.size === 1) return <DeviceSummary key={first} id={first} />;
  return (
    <div className={classes.panel}>
      <h2 className={classes.title}>{formatCount(selected.size, 'device')} selected</h2>
      <p className={classes.subtitle}>Change chosen fields and tags of all of them at once.</p>
      <div className={classes.actions}>
        <ActionButton id="edit-selected" tone="primary" showShortcut />
        <ActionButton id="refresh" />
        <ActionButton id="delete-selected" />
      </div>
    </div>
  );
}

function DeviceSummary({ id }: { readonly id: string }) {
  const { device } = useApp();
  const resource = device.details(id);
  const state = useResource(resource);
  if (state.status === 'loading') return <Skeleton label="Reading the device" />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  return <DevicePanel details={state.data} />;
}

/** As many as there is room for; the page of the device has all. */
const interfacesShown = 20;

function Interfaces({ id }: { readonly id: string }) {
  const { device } = useApp();
  const state = useResource(device.interfaces(id, 0));
  if (state.status !== 'ready' || state.data.total === 0) return null;
  const { rows, total } = state.data;
  const more = total - Math.min(rows.length, interfacesShown);
  return (
    <Part title="Interfaces">
      {rows.slice(0, interfacesShown).map((each) => (
        <li key={each.id} className={classes.item}>
          <bdi className={classes.itemName}>{each.name}</bdi>
          <span className={classes.itemDetail}>
            {each.addresses.map(({ address }) => address).join(', ') || each.macs.join(', ')}
          </span>
        </li>
      ))}
      {more > 0 && <li className={classes.item}>{`and ${more.toLocaleString('en')} more`}</li>}
    </Part>
  );
}

function DevicePanel({ details }: { readonly details: DeviceDetails }) {
  const { router } = useApp();
  const { device, services } = details;
  const { id, name } = device;
  return (
    <div className={classes.panel}>
      <div className={classes.head}>
        <KindIcon kind={device.kind} />
        <h2 className={classes.title}>
          <bdi>{name}</bdi>
        </h2>
      </div>
      <div className={classes.badges}>
        <DeviceStatusBadge status={device.status} />
        <ReadingBadge device={device} />
      </div>
      <div className={classes.actions}>
        <Button
          icon={IconArrowRight}
          tone="primary"
          onClick={() => router.go({ screen: 'device', id, tab: 'details' })}
        >
          Open
        </Button>
        <RefreshButton device={device} />
        {device.differences > 0 && (
          <Button onClick={() => router.go({ screen: 'device', id, tab: 'compare' })}>
            Compare
          </Button>
        )}
      </div>
      <FieldList>
        <Field label="Kind">{kindWords[device.kind].label}</Field>
        <Field label="Address">
          {device.primaryAddress && <CopyText text={device.primaryAddress} />}
        </Field>
        <Field label="Rack">
          {device.rackName === null ? 'not in a rack' : <Place device={device} />}
        </Field>
        <Field label="Model">{device.model && <bdi>{device.model}</bdi>}</Field>
        <Field label="System">{device.os && <bdi>{device.os}</bdi>}</Field>
        <Field label="Processor">{processorOf(device)}</Field>
        <Field label="Memory">
          {device.memoryBytes === null ? null : formatBytes(device.memoryBytes)}
        </Field>
        <Field label="Read">
          <Ago at={device.observedAt} />
        </Field>
        {device.failure && (
          <Field label="Last attempt">
            <Ago at={device.attemptedAt} />: {device.failure.message}
          </Field>
        )}
        {device.tags.length > 0 && (
          <Field label="Tags">
            <Tags tags={device.tags} />
          </Field>
        )}
      </FieldList>
      <Interfaces id={id} />
      {services.length > 0 && (
        <Part title="Services">
          {services.map((service) => (
            <li key={service.id} className={classes.item}>
              <span className={classes.itemName}>
                <ServiceLink id={service.id} name={service.name} />
              </span>
              <bdi className={classes.itemNote}>{service.kind}</bdi>
            </li>
          ))}
        </Part>
      )}
    </div>
  );
}

function Place({ device }: Pick<DeviceDetails, 'device'>) {
  return (
    <>
      <RackLink id={device.rackId ?? ''} name={device.rackName ?? ''} />
      {device.position !== null && `, unit ${device.position}`}
    </>
  );
}

function processorOf(device: DeviceDetails['device']): string | null {
  const cores = device.cpuCores === null ? null : formatCount(device.cpuCores, 'core');
  return (
    [device.cpuModel && isolated(device.cpuModel), cores]
      .filter((part) => part !== null && part !== '')
      .join(', ') || null
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={classes.part}>
      <h3 className={classes.partTitle}>{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}
