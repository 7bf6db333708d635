import type { ReactNode } from 'react';
import type { KeptData, StorageGroup, StoredVolume } from '../../../shared/contract/storage.ts';
import { formatBytes, formatCount } from '../../ui/formatting.ts';
import { Meter } from '../../ui/meter.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { Section } from '../../ui/section.tsx';
import { DeviceLink, LinkList, RecordLink } from '../links/thing-links.tsx';
import classes from './storage.module.css';

/** A volume, or what lies on the one above it. */
type Line =
  | { readonly of: 'volume'; readonly volume: StoredVolume }
  | { readonly of: 'data'; readonly data: KeptData; readonly loose: boolean };

function linesOf({ volumes, loose }: StorageGroup): Line[] {
  return [
    ...volumes.flatMap((volume): Line[] => [
      { of: 'volume', volume },
      ...volume.holds.map((data): Line => ({ of: 'data', data, loose: false })),
    ]),
    ...loose.map((data): Line => ({ of: 'data', data, loose: true })),
  ];
}

interface Named {
  readonly id: string;
  readonly name: string;
}

function Services({ of }: { readonly of: readonly Named[] }) {
  if (of.length === 0) return <span className={classes.quiet}>nobody said</span>;
  return (
    <LinkList>
      {of.map(({ id, name }) => (
        <RecordLink key={id} kind="service" id={id} name={name} />
      ))}
    </LinkList>
  );
}

const sizeText = (bytes: number | null) => (bytes === null ? null : formatBytes(bytes));

function Fill({ label, used, size }: { label: string; used: number | null; size: number | null }) {
  if (size === null || used === null) return <>{sizeText(size ?? used)}</>;
  const text = `${formatBytes(used)} of ${formatBytes(size)}`;
  return <Meter label={label} share={used / size} text={text} />;
}

const columns = [
  { title: 'Name' },
  { title: 'Kind' },
  { title: 'Used' },
  { title: 'Where' },
  { title: 'Used by' },
] as const;

const cellsOf = (line: Line) => (line.of === 'volume' ? volumeCells(line.volume) : dataCells(line));

function volumeCells(volume: StoredVolume): readonly ReactNode[] {
  const { id, name, kind, usedBytes, sizeBytes, device, location, usedBy } = volume;
  return [
    <RecordLink key="name" kind="volume" id={id} name={name} />,
    kind,
    <Fill key="fill" label={`How full ${name} is`} used={usedBytes} size={sizeBytes} />,
    device ? (
      <DeviceLink key="where" id={device.id} name={device.name} />
    ) : (
      location !== null && (
        <bdi key="where" className="rh-mono">
          {location}
        </bdi>
      )
    ),
    <Services key="used-by" of={usedBy} />,
  ];
}

function dataCells({ data, loose }: Line & { of: 'data' }): readonly ReactNode[] {
  const { kind, id, name, servedBy, sizeBytes, usedBy } = data;
  return [
    <span key="name" className={loose ? undefined : classes.inner}>
      <RecordLink kind={kind} id={id} name={name} />
    </span>,
    kind,
    sizeText(sizeBytes),
    servedBy && <RecordLink key="where" kind="service" id={servedBy.id} name={servedBy.name} />,
    <Services key="used-by" of={usedBy} />,
  ];
}

/** A pool with its volumes and what lies on them; or what is in no pool. */
export function PoolSection({ group }: { readonly group: StorageGroup }) {
  const { pool, more } = group;
  const lines = linesOf(group);
  return (
    <Section
      title={pool ? <RecordLink kind="storage-pool" id={pool.id} name={pool.name} /> : 'In no pool'}
      note={pool && <PoolNote pool={pool} />}
    >
      {pool && pool.sizeBytes !== null && pool.usedBytes !== null && (
        <div className={classes.poolFill}>
          <Fill label={`How full ${pool.name} is`} used={pool.usedBytes} size={pool.sizeBytes} />
        </div>
      )}
      {lines.length === 0 ? (
        <p className={classes.quiet}>Nothing lies in it.</p>
      ) : (
        <div className={classes.table}>
          <PlainTable
            label={`What lies in ${pool?.name ?? 'no pool'}`}
            columns={columns}
            rows={lines.map(cellsOf)}
          />
        </div>
      )}
      {more > 0 && <p className={classes.quiet}>{`${formatCount(more, 'volume')} more.`}</p>}
    </Section>
  );
}

function PoolNote({ pool }: { readonly pool: NonNullable<StorageGroup['pool']> }) {
  const { kind, layout, device, cluster, sizeBytes } = pool;
  return (
    <span className={classes.note}>
      <span>{[kind, layout, sizeText(sizeBytes)].filter(Boolean).join(', ')}</span>
      {device && (
        <span>
          on <DeviceLink id={device.id} name={device.name} />
        </span>
      )}
      {cluster && (
        <span>
          of <RecordLink kind="cluster" id={cluster.id} name={cluster.name} />
        </span>
      )}
    </span>
  );
}
