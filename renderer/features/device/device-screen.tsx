import { Tabs } from '@mantine/core';
import {
  IconBook2,
  IconCalendar,
  IconCopy,
  IconCpu2,
  IconHistory,
  IconRoute,
  IconServerOff,
  IconTrash,
} from '@tabler/icons-react';
import { id as deviceId } from '../../../shared/model/inventory.ts';
import { ActionItem } from '../../app/actions/action-item.tsx';
import { useApp } from '../../app/app-context.ts';
import { ListCrumb } from '../../app/list-crumb.tsx';
import { type DeviceTab, deviceTabs } from '../../app/routes.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Ago } from '../../ui/ago.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Crumbs } from '../../ui/crumbs.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { isolated } from '../../ui/isolate.ts';
import { MoreMenu, MoreMenuItem } from '../../ui/more-menu.tsx';
import { PageBody, PageHeader } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DeviceStatusBadge } from '../devices/device-cells.tsx';
import { kindWords } from '../devices/device-words.ts';
import { RackLink } from '../links/thing-links.tsx';
import { beginOnboarding, machineOfDevice } from '../onboarding/begin-onboarding.ts';
import { ProposalBadge } from '../proposals/proposal-badge.tsx';
import { ReadingNotice, RefreshButton } from '../readings/reading-notice.tsx';
import { ReadingBadge } from '../readings/reading-state.tsx';
import { ChecksTab } from './checks-tab.tsx';
import { CompareTab } from './compare-tab.tsx';
import { DetailsTab } from './details-tab.tsx';
import classes from './device.module.css';
import type { DeviceDetails } from './device-store.ts';
import { FactsTab } from './facts-tab.tsx';

interface DeviceScreenProps {
  readonly id: string;
  readonly tab: DeviceTab;
}

/** One device: what is declared, what was observed, and where they differ. */
export function DeviceScreen({ id, tab }: DeviceScreenProps) {
  // Anybody may type an address; what is no id is that of no device.
  return deviceId.safeParse(id).success ? <KnownDevice id={id} tab={tab} /> : <NotThere />;
}

function NotThere() {
  const { router } = useApp();
  return (
    <EmptyState
      icon={IconServerOff}
      title="This device is not in the inventory"
      actions={<Button onClick={() => router.up('devices')}>All devices</Button>}
    >
      It may have been deleted. Undo brings it back.
    </EmptyState>
  );
}

function KnownDevice({ id, tab }: DeviceScreenProps) {
  const { device } = useApp();
  const resource = device.details(id);
  const state = useResource(resource);

  if (state.status === 'failed' && state.failure.code === 'NOT_FOUND') return <NotThere />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  if (state.status === 'loading') return <DeviceShape />;
  return <DevicePage details={state.data} tab={tab} />;
}

/** The page's bars and spaces while it is read, so that nothing jumps when it is there. */
function DeviceShape() {
  return (
    <>
      <PageHeader title="Devices" />
      <PageBody>
        <div className={classes.head}>
          <span className={classes.tile} aria-hidden />
        </div>
        <div className={classes.tabsShape} />
        <Skeleton label="Reading the device" lines={10} />
      </PageBody>
    </>
  );
}

function DevicePage({
  details,
  tab,
}: {
  readonly details: DeviceDetails;
  readonly tab: DeviceTab;
}) {
  const { router } = useApp();
  const { id, differences } = details.device;
  const labels: Readonly<Record<DeviceTab, string>> = {
    details: 'Details',
    compare: 'Declared and observed',
    facts: 'Facts',
    checks: 'Checks and jobs',
  };
  return (
    <>
      <DeviceHeader details={details} />
      <PageBody>
        <DeviceHead details={details} />
        <ReadingNotice device={details.device} />
        <Tabs
          value={tab}
          keepMounted={false}
          onChange={(next) =>
            router.replace({
              screen: 'device',
              id,
              tab: deviceTabs.find((each) => each === next) ?? 'details',
            })
          }
        >
          <Tabs.List className={classes.tabs} aria-label="Parts of the device">
            {deviceTabs.map((each) => (
              <Tabs.Tab key={each} value={each}>
                {labels[each]}
                {/* Its room is kept, so that the tabs do not jump when it appears. */}
                {each === 'compare' && (
                  <span className={classes.count} data-none={differences === 0 || undefined}>
                    {differences.toLocaleString('en')}
                    {differences > 0 && <span className="rh-hidden"> differ</span>}
                  </span>
                )}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="details" className={classes.panel}>
            <DetailsTab details={details} />
          </Tabs.Panel>
          <Tabs.Panel value="compare" className={classes.panel}>
            <CompareTab id={id} />
          </Tabs.Panel>
          <Tabs.Panel value="facts" className={classes.panel}>
            <FactsTab id={id} />
          </Tabs.Panel>
          <Tabs.Panel value="checks" className={classes.panel}>
            <ChecksTab device={details.device} />
          </Tabs.Panel>
        </Tabs>
      </PageBody>
    </>
  );
}

function DeviceHeader({ details }: { readonly details: DeviceDetails }) {
  const { dialogs, router, onboarding } = useApp();
  const { device } = details;
  const { id, name, sshHost } = device;
  return (
    <PageHeader
      takesFocus
      windowTitle={name}
      title={
        <Crumbs
          above={[{ id: 'devices', link: <ListCrumb screen="devices">Devices</ListCrumb> }]}
          here={name}
        />
      }
      actions={
        <>
          {/* Without an address to go to it cannot be the next thing to do. */}
          <RefreshButton device={device} tone={sshHost === null ? 'default' : 'primary'} />
          <MoreMenu label="More actions">
            <ActionItem id="open-terminal" />
            <ActionItem id="open-ssh" />
            <ActionItem id="copy-ssh" />
            <ActionItem id="open-address" />
            {sshHost !== null && (
              <MoreMenuItem icon={IconCpu2} onClick={() => router.go({ screen: 'gpus', id })}>
                What its GPUs do
              </MoreMenuItem>
            )}
            <MoreMenuItem
              icon={IconRoute}
              onClick={() => void beginOnboarding({ onboarding, router }, machineOfDevice(device))}
            >
              Onboard it
            </MoreMenuItem>
            <MoreMenuItem
              icon={IconCopy}
              onClick={() => dialogs.setState({ kind: 'duplicate-devices', ids: [id] }, true)}
            >
              Duplicate device
            </MoreMenuItem>
            <MoreMenuItem
              icon={IconBook2}
              onClick={() => dialogs.setState({ kind: 'apply-type', ids: [id] }, true)}
            >
              Apply a device type
            </MoreMenuItem>
            <MoreMenuItem
              icon={IconHistory}
              onClick={() => router.go({ screen: 'history', query: `thing=${id}` })}
            >
              History of this device
            </MoreMenuItem>
            <MoreMenuItem
              icon={IconCalendar}
              onClick={() => dialogs.setState({ kind: 'as-it-was', id, name }, true)}
            >
              As it was on …
            </MoreMenuItem>
            {device.status !== 'retired' && (
              <MoreMenuItem
                icon={IconServerOff}
                onClick={() => dialogs.setState({ kind: 'offboard', deviceId: id, name }, true)}
              >
                Take it out of the rack
              </MoreMenuItem>
            )}
            <MoreMenuItem
              icon={IconTrash}
              onClick={() => dialogs.setState({ kind: 'delete-devices', ids: [id], name }, true)}
            >
              Delete device
            </MoreMenuItem>
          </MoreMenu>
        </>
      }
    />
  );
}

function DeviceHead({ details }: { readonly details: DeviceDetails }) {
  const { device } = details;
  const comparison = useResource(useApp().compare.page(device.id, 'open', 0));
  const partly = comparison.status === 'ready' && comparison.data.counts.unseen > 0;
  const { icon: KindShape, label } = kindWords[device.kind];
  const parts = [label, device.model && isolated(device.model)].filter(Boolean);
  return (
    <div className={classes.head}>
      <span className={classes.tile} aria-hidden>
        <KindShape />
      </span>
      <div className={classes.headText}>
        <div className={classes.nameLine}>
          <bdi className={classes.name} title={device.name}>
            {device.name}
          </bdi>
          <DeviceStatusBadge status={device.status} />
          <ReadingBadge device={device} partly={partly} />
        </div>
        <div className={classes.subline}>
          <span>
            {parts.join(' · ')}
            {device.rackId !== null && (
              <>
                {' · '}
                <RackLink id={device.rackId} name={device.rackName ?? ''} />
                {device.position !== null && `, unit ${device.position}`}
              </>
            )}
          </span>
          {device.primaryAddress && <CopyText text={device.primaryAddress} />}
          <ProposalBadge deviceId={device.id} />
          {device.observedAt !== null && (
            <span>
              read <Ago at={device.observedAt} />
            </span>
          )}
        </div>
      </div>
    </div>
  );
}
