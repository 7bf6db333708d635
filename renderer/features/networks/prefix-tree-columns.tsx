import {
  IconArrowsSplit2,
  IconChevronDown,
  IconChevronRight,
  IconPencil,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import type { FreeTreeRow, PrefixTreeRow, TreeRow } from '../../../shared/model/networks.ts';
import type { DialogStore } from '../../app/dialogs.ts';
import type { DataColumn } from '../../ui/data-table/columns.ts';
import { Meter } from '../../ui/meter.tsx';
import { MoreMenu, MoreMenuItem } from '../../ui/more-menu.tsx';
import { PrefixLink, VlanLink } from '../links/thing-links.tsx';
import { isCountable, shareOf, sizeText, takenText } from './network-words.ts';
import classes from './networks.module.css';
import { VlanChip } from './vlan-chip.tsx';

interface Needs {
  readonly toggle: (id: string) => void;
  readonly dialogs: DialogStore;
}

/** Deeper ones stand no further to the right, or no room would be left for what they are called. */
const deepestIndent = 8;

export function treeColumns({ toggle, dialogs }: Needs): readonly DataColumn<TreeRow>[] {
  return [
    {
      id: 'prefix',
      header: 'Prefix',
      size: 300,
      grow: true,
      cell: (row) => (
        <span
          className={classes.treeName}
          style={{ '--depth': Math.min(row.depth, deepestIndent) }}
        >
          <Fold row={row} toggle={toggle} />
          {row.type === 'free' ? <Free row={row} /> : <Name row={row} />}
        </span>
      ),
    },
    {
      id: 'vlan',
      header: 'VLAN',
      size: 170,
      cell: (row) =>
        row.type === 'free' ? (
          <Take row={row} dialogs={dialogs} />
        ) : (
          row.vlan !== null && (
            <span className={classes.withIcon}>
              <VlanChip number={row.vlan.number} traffic={row.vlan.traffic} />
              <VlanLink number={row.vlan.number} name={row.vlan.name} />
            </span>
          )
        ),
    },
    {
      id: 'use',
      header: 'In use',
      size: 240,
      cell: (row) =>
        row.type === 'free' ? (
          <span className={classes.muted}>{sizeText(row.size)} free</span>
        ) : (
          <Use row={row} />
        ),
    },
    {
      id: 'inside',
      header: 'Prefixes in it',
      size: 130,
      cell: (row) =>
        row.type === 'prefix' &&
        row.children > 0 &&
        `${row.children.toLocaleString('en')}, ${percent(row.share)} given`,
    },
    {
      id: 'gateway',
      header: 'Gateway',
      size: 150,
      cell: (row) => row.type === 'prefix' && <span className="rh-mono">{row.gateway}</span>,
    },
    {
      id: 'purpose',
      header: 'Purpose',
      size: 180,
      cell: (row) => row.type === 'prefix' && row.purpose !== null && <bdi>{row.purpose}</bdi>,
    },
    {
      id: 'more',
      header: 'More',
      size: 56,
      cell: (row) => row.type === 'prefix' && <RowMenu row={row} dialogs={dialogs} />,
    },
  ];
}

function percent(share: number): string {
  const rounded = Math.round(share * 100);
  return rounded === 0 && share > 0 ? 'under 1 %' : `${rounded} %`;
}

function Fold({ row, toggle }: { readonly row: TreeRow } & Pick<Needs, 'toggle'>) {
  if (row.type === 'free' || row.children === 0) return <span className={classes.foldSpace} />;
  const IconShape = row.open ? IconChevronDown : IconChevronRight;
  return (
    <button
      type="button"
      className={classes.fold}
      // The arrow keys do the same on the row.
      tabIndex={-1}
      aria-expanded={row.open}
      aria-label={row.open ? `Close ${row.prefix}` : `Open ${row.prefix}`}
      onClick={(event) => {
        event.stopPropagation();
        toggle(row.id);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <IconShape aria-hidden className={classes.icon} />
    </button>
  );
}

function Name({ row }: { readonly row: PrefixTreeRow }) {
  return (
    <span className="rh-mono">
      <PrefixLink prefix={row.prefix} />
      {row.depth > 0 && <span className="rh-hidden">, level {row.depth + 1}</span>}
    </span>
  );
}

/** Of IPv6 the last address is as long as it is empty of meaning. */
function Free({ row: { first, last } }: { readonly row: FreeTreeRow }) {
  const short = first.includes(':') ? `from ${first}` : `${first}–${last}`;
  return (
    <span className={`${classes.free} rh-mono`} title={`${first}–${last}`}>
      {short}
    </span>
  );
}

function Take({ row, dialogs }: { readonly row: FreeTreeRow } & Pick<Needs, 'dialogs'>) {
  const { within, first, widest } = row;
  return (
    <button
      type="button"
      className={classes.take}
      aria-label={`Take a part of what is free from ${first}`}
      onClick={(event) => {
        event.stopPropagation();
        dialogs.setState({ kind: 'take-prefix', within: within.prefix, from: first, widest }, true);
      }}
    >
      Take a part
    </button>
  );
}

function Use({ row }: { readonly row: PrefixTreeRow }) {
  if (!isCountable(row.use)) return <span className={classes.muted}>{takenText(row.use)}</span>;
  return (
    <Meter label={`In use of ${row.prefix}`} share={shareOf(row.use)} text={takenText(row.use)} />
  );
}

function RowMenu({ row, dialogs }: { readonly row: PrefixTreeRow } & Pick<Needs, 'dialogs'>) {
  const { id, prefix } = row;
  return (
    // In a table the row has clicks of its own.
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps clicks from the row
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <span onClick={(event) => event.stopPropagation()}>
      <MoreMenu label={`More for ${prefix}`}>
        <MoreMenuItem
          icon={IconPlus}
          onClick={() =>
            dialogs.setState(
              { kind: 'take-prefix', within: prefix, from: null, widest: null },
              true,
            )
          }
        >
          Add a prefix in it
        </MoreMenuItem>
        <MoreMenuItem
          icon={IconArrowsSplit2}
          onClick={() => dialogs.setState({ kind: 'split-prefix', id, prefix }, true)}
        >
          Split
        </MoreMenuItem>
        <MoreMenuItem
          icon={IconPencil}
          onClick={() =>
            dialogs.setState({ kind: 'edit-records', record: 'prefix', ids: [id] }, true)
          }
        >
          Edit
        </MoreMenuItem>
        <MoreMenuItem
          icon={IconTrash}
          onClick={() =>
            dialogs.setState({ kind: 'delete-records', record: 'prefix', ids: [id] }, true)
          }
        >
          Delete
        </MoreMenuItem>
      </MoreMenu>
    </span>
  );
}
