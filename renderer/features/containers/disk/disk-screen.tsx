import { IconEraser } from '@tabler/icons-react';
import { useState } from 'react';
import type { DiskPart } from '../../../../shared/containers/disk.ts';
import type { SavedEngine } from '../../../../shared/containers/engine.ts';
import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { formatBytes } from '../../../ui/formatting.ts';
import { PageBody, PageHeader } from '../../../ui/page.tsx';
import { PlainTable } from '../../../ui/plain-table.tsx';
import { Section } from '../../../ui/section.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import classes from '../containers.module.css';
import { PruneDialog } from './prune-dialog.tsx';

const parts = [
  { id: 'images', title: 'Images' },
  { id: 'containers', title: 'Containers' },
  { id: 'volumes', title: 'Volumes' },
  { id: 'buildCache', title: 'Build cache' },
] as const;

/** What takes room on the disk of an engine, and what could go. */
export function DiskScreen({ engine }: { readonly engine: SavedEngine }) {
  const { containers } = useApp();
  const resource = containers.disk(engine.id);
  const state = useResource(resource);
  const [pruning, setPruning] = useState(false);
  return (
    <>
      <PageHeader
        title="Disk use"
        actions={
          <>
            <Button onClick={() => void resource.reload()}>Count again</Button>
            <Button icon={IconEraser} onClick={() => setPruning(true)}>
              Delete unused
            </Button>
          </>
        }
      />
      {state.status === 'loading' && <Skeleton label="The engine counts" lines={10} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void resource.reload()} />
      )}
      {state.status === 'ready' && (
        <PageBody>
          <div className={`${classes.scrolls} ${classes.sections}`}>
            <div className={classes.tiles}>
              {parts.map(({ id, title }) => (
                <Tile key={id} title={title} part={state.data[id]} />
              ))}
            </div>
            {parts.map(({ id, title }) => (
              <Largest key={id} title={title} part={state.data[id]} />
            ))}
          </div>
        </PageBody>
      )}
      {pruning && <PruneDialog engineId={engine.id} onClose={() => setPruning(false)} />}
    </>
  );
}

interface PartProps {
  readonly title: string;
  readonly part: DiskPart;
}

function Tile({ title, part: { bytes, count, used, freeableBytes } }: PartProps) {
  return (
    <div className={classes.tile}>
      <span className={classes.tileName}>{title}</span>
      <span className={classes.tileSize}>{formatBytes(bytes)}</span>
      <span className={classes.quiet}>
        {`${count.toLocaleString('en')}, of which ${used.toLocaleString('en')} in use`}
      </span>
      <span className={classes.quiet}>{`${formatBytes(freeableBytes)} could go`}</span>
    </div>
  );
}

const most = 20;

function Largest({ title, part: { items } }: PartProps) {
  const shown = items.filter(({ bytes }) => bytes > 0).slice(0, most);
  if (shown.length === 0) return null;
  return (
    <Section title={title} note="the largest first">
      <PlainTable
        label={`Largest of ${title.toLowerCase()}`}
        columns={[
          { title: 'Name' },
          { title: 'In use' },
          { title: 'Size', align: 'end' },
          { title: 'Its own', align: 'end' },
        ]}
        rows={shown.map(({ name, bytes, ownBytes, used }) => [
          <bdi key="name" className={classes.wraps}>
            {name}
          </bdi>,
          used ? 'yes' : 'no',
          formatBytes(bytes),
          formatBytes(ownBytes),
        ])}
      />
    </Section>
  );
}
