import { IconPlus } from '@tabler/icons-react';
import type { SocketRow } from '../../../shared/contract/cabling.ts';
import { useApp } from '../../app/app-context.ts';
import { formatRoute } from '../../app/routes.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Lines, PlainTable } from '../../ui/plain-table.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { RecordLink } from '../links/thing-links.tsx';
import type { PagePartProps } from '../records/page/page-part-props.ts';
import { Colour } from '../records/record-value.tsx';
import { optionLabel } from '../records/record-words.ts';
import classes from './cables.module.css';
import { sideOf, traceRoute } from './socket-words.tsx';
import { TraceDrawing } from './trace-drawing.tsx';

const columns = [
  { title: 'Port' },
  { title: 'Cable' },
  { title: 'Type' },
  { title: 'Colour' },
  { title: 'Connected to' },
  { title: 'Actions', quiet: true, align: 'end' as const },
];

interface DeviceCablesProps {
  readonly id: string;
  readonly name: string;
}

/** Every port of a device with its cable, and what it is connected to in the end. */
export function DeviceCables({ id, name }: DeviceCablesProps) {
  const { cables, dialogs } = useApp();
  const resource = cables.ports(id, false);
  const state = useResource(resource);
  if (state.status === 'ready' && state.data.total === 0) return null;
  const connect = (socketId: string | null) =>
    dialogs.setState(
      { kind: 'connect', deviceId: id, deviceName: name, ...(socketId && { socketId }) },
      true,
    );
  return (
    <Section
      title="Cables"
      note={state.status === 'ready' ? usedText(state.data.rows, state.data.total) : null}
      actions={
        <Button icon={IconPlus} onClick={() => connect(null)}>
          Add cable
        </Button>
      }
    >
      {state.status === 'loading' && <Skeleton label="Following the cables" lines={3} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void resource.reload()} />
      )}
      {state.status === 'ready' && (
        <PlainTable
          label="Ports and their cables"
          columns={columns}
          rows={state.data.rows.map((row) => cellsOf(row, () => connect(row.id)))}
        />
      )}
    </Section>
  );
}

function usedText(rows: readonly SocketRow[], total: number): string {
  const used = rows.filter(({ cable }) => cable !== null).length;
  const first = total > rows.length ? ` (the first ${rows.length} of ${total})` : '';
  return `${used} of ${rows.length} ports have a cable${first}`;
}

function cellsOf(row: SocketRow, onConnect: () => void) {
  const { cable, leadsTo } = row;
  const side = sideOf(row);
  const port = (
    <span key="port">
      <bdi>{row.name}</bdi>
      {side !== '' && <span className={classes.quiet}> {side}</span>}
    </span>
  );
  if (cable === null) {
    const add = (
      <span key="add" className={classes.inRow}>
        <Button tone="quiet" onClick={onConnect}>
          Connect
        </Button>
      </span>
    );
    return [port, null, null, null, null, add];
  }
  return [
    port,
    <RecordLink key="cable" kind="cable" id={cable.id} name={cable.label} />,
    cable.type === null ? null : optionLabel(cable.type),
    cable.colour === null ? null : <Colour key="colour" text={cable.colour} />,
    leadsTo.length === 0 ? (
      <span key="to" className={classes.nowhere}>
        Leads nowhere
      </span>
    ) : (
      <Lines key="to">
        {leadsTo.map((name) => (
          <bdi key={name}>{name}</bdi>
        ))}
      </Lines>
    ),
    <a key="trace" className={classes.back} href={formatRoute(traceRoute(row.id))}>
      Trace
    </a>,
  ];
}

/** On the page of an interface or a port: what it is connected to. */
export function ConnectedPart({ record }: PagePartProps) {
  const { cables, dialogs } = useApp();
  const resource = cables.trace(record.id);
  const state = useResource(resource);
  const { device } = record.values;
  const isFree = state.status === 'ready' && state.data.steps.length === 1;
  return (
    <Section
      title="Connected to"
      actions={
        isFree &&
        typeof device === 'string' && (
          <Button
            icon={IconPlus}
            onClick={() =>
              dialogs.setState(
                {
                  kind: 'connect',
                  deviceId: device,
                  deviceName: record.names.device ?? '',
                  socketId: record.id,
                },
                true,
              )
            }
          >
            Add cable
          </Button>
        )
      }
    >
      {state.status === 'loading' && <Skeleton label="Following the cables" lines={2} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void resource.reload()} />
      )}
      {state.status === 'ready' && <TraceDrawing trace={state.data} />}
    </Section>
  );
}
