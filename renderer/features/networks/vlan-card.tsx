import {
  IconPencil,
  IconPlugConnected,
  IconPlus,
  IconTable,
  IconTrash,
  IconWorld,
} from '@tabler/icons-react';
import type { PlannedVlan, VlanPrefix } from '../../../shared/model/networks.ts';
import { useApp } from '../../app/app-context.ts';
import { formatRoute } from '../../app/routes.ts';
import { formatCount } from '../../ui/formatting.ts';
import { Meter } from '../../ui/meter.tsx';
import { MoreMenu, MoreMenuItem } from '../../ui/more-menu.tsx';
import { DeviceLink, PrefixLink } from '../links/thing-links.tsx';
import { isCountable, portsText, rangeWord, shareOf, takenText } from './network-words.ts';
import classes from './networks.module.css';
import { VlanChip } from './vlan-chip.tsx';

interface VlanCardProps {
  readonly vlan: PlannedVlan;
  readonly selected: boolean;
}

/** One VLAN of the plan: what it is, its addresses, its ports, what is reached in it. */
export function VlanCard({ vlan, selected }: VlanCardProps) {
  const { number, name, mtu, purpose, traffic } = vlan;
  return (
    <li className={classes.card} data-selected={selected || undefined}>
      <VlanChip number={number} traffic={traffic} />
      <div className={classes.cardName}>
        <a
          className={classes.cardTitle}
          href={formatRoute({ screen: 'networks', view: 'vlans', thing: String(number) })}
          aria-current={selected ? 'true' : undefined}
        >
          <bdi>{name}</bdi>
        </a>
        {purpose !== null && (
          <p className={classes.muted} dir="auto">
            {purpose}
          </p>
        )}
        {mtu !== null && mtu !== 1500 && <p className={classes.muted}>MTU {mtu}</p>}
      </div>
      <div className={classes.cardPrefixes}>
        {vlan.prefixes.map((prefix) => (
          <CardPrefix key={prefix.id} prefix={prefix} />
        ))}
        {vlan.prefixCount === 0 && <span className={classes.muted}>No prefix yet</span>}
        {vlan.prefixCount > vlan.prefixes.length && (
          <span className={classes.muted}>and {vlan.prefixCount - vlan.prefixes.length} more</span>
        )}
      </div>
      <Ports vlan={vlan} />
      <CardMenu vlan={vlan} />
    </li>
  );
}

function CardPrefix({ prefix: { prefix, gateway, use, ranges } }: { readonly prefix: VlanPrefix }) {
  return (
    <div className={classes.cardPrefix}>
      <span className="rh-mono">
        <PrefixLink prefix={prefix} />
      </span>
      {isCountable(use) ? (
        <Meter label={`In use of ${prefix}`} share={shareOf(use)} text={takenText(use)} />
      ) : (
        <span className={classes.muted}>{takenText(use)}</span>
      )}
      <span className={classes.muted}>
        {[
          ...(gateway === null ? [] : [`gateway ${gateway}`]),
          ...ranges.map(({ role, first, last }) => `${rangeWord(role)} ${shortRange(first, last)}`),
        ].join(' · ')}
      </span>
    </div>
  );
}

/** `.100–.199`: the end of both says enough beside the prefix. */
function shortRange(first: string, last: string): string {
  const end = (text: string) => /[.:][^.:]*$/.exec(text)?.[0] ?? text;
  return first === last ? end(first) : `${end(first)}–${end(last)}`;
}

function Ports({ vlan }: { readonly vlan: PlannedVlan }) {
  const { gear, untagged, tagged, exposed } = vlan;
  const ports = untagged + tagged;
  return (
    <div className={classes.cardPorts}>
      {gear.map((one) => (
        <span key={one.deviceId}>
          <DeviceLink id={one.deviceId} name={one.deviceName} />{' '}
          <span className={classes.muted}>{portsText(one)}</span>
        </span>
      ))}
      <span className={classes.withIcon}>
        <IconPlugConnected aria-hidden className={classes.icon} />
        {formatCount(ports, 'port')} in all
      </span>
      {exposed > 0 && (
        <span className={classes.withIcon}>
          <IconWorld aria-hidden className={classes.icon} />
          {formatCount(exposed, 'service')} reached
        </span>
      )}
    </div>
  );
}

function CardMenu({ vlan: { id, name } }: { readonly vlan: PlannedVlan }) {
  const { dialogs, router } = useApp();
  const ids = [id];
  return (
    <MoreMenu label={`More for ${name}`}>
      <MoreMenuItem
        icon={IconPencil}
        onClick={() => dialogs.setState({ kind: 'edit-records', record: 'vlan', ids }, true)}
      >
        Edit
      </MoreMenuItem>
      <MoreMenuItem
        icon={IconPlus}
        onClick={() =>
          dialogs.setState({ kind: 'add-record', record: 'prefix', values: { vlan: id } }, true)
        }
      >
        Add a prefix
      </MoreMenuItem>
      <MoreMenuItem
        icon={IconTable}
        onClick={() => router.go({ screen: 'thing', kind: 'vlan', id })}
      >
        Open its page
      </MoreMenuItem>
      <MoreMenuItem
        icon={IconTrash}
        onClick={() => dialogs.setState({ kind: 'delete-records', record: 'vlan', ids }, true)}
      >
        Delete
      </MoreMenuItem>
    </MoreMenu>
  );
}
