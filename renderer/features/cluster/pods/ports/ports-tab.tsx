import { IconArrowsLeftRight, IconPlugConnected } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { PodTarget, TargetPort } from '../../../../../shared/cluster/pods/pod-target.ts';
import { useApp } from '../../../../app/app-context.ts';
import { Button } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { ErrorState } from '../../../../ui/error-state.tsx';
import { PlainTable } from '../../../../ui/plain-table.tsx';
import { Section } from '../../../../ui/section.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import type { ObjectTabProps } from '../../object/object-tab-props.ts';
import classes from '../pods.module.css';
import { useTarget } from '../use-target.ts';
import { ForwardDialog } from './forward-dialog.tsx';
import { ForwardTable } from './forward-table.tsx';

/** Ports that are known of it, and those of this computer that lead to it. */
export function PortsTab({ context, page }: ObjectTabProps) {
  const { state, resource } = useTarget(context, page);
  const [asked, setAsked] = useState<{ readonly port: number | null } | null>(null);
  const { kind, row } = page;
  const of = { kind, namespace: row.namespace, name: row.name };
  if (state.status === 'loading') return <Skeleton label="Looking at its ports" lines={6} />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  return (
    <div className={classes.scrolls}>
      <div className={classes.parts}>
        <Standing context={context} page={page} />
        <Ports target={state.data} kind={kind} onForward={(port) => setAsked({ port })} />
      </div>
      {asked !== null && (
        <ForwardDialog
          contextId={context}
          of={of}
          port={asked.port}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}

function Standing({ context, page: { kind, row } }: ObjectTabProps) {
  const { forwards } = useApp().cluster.pods;
  useEffect(() => forwards.look(), [forwards]);
  const all = useStore(forwards.store, (state) => state.forwards) ?? [];
  const own = all.filter(
    (each) =>
      each.contextId === context &&
      each.kind === kind &&
      each.namespace === row.namespace &&
      each.name === row.name,
  );
  if (own.length === 0) return null;
  return (
    <Section title="Forwarded now">
      <ForwardTable forwards={own} plain />
    </Section>
  );
}

interface PortsProps {
  readonly target: PodTarget;
  readonly kind: string;
  readonly onForward: (port: number | null) => void;
}

const columns = [
  { title: 'Port' },
  { title: 'Name' },
  { title: 'Container' },
  { title: 'Actions', quiet: true },
] as const;

function Ports({ target: { ports, pods }, kind, onForward }: PortsProps) {
  const isService = kind === 'services';
  const other = (
    <Button icon={IconPlugConnected} onClick={() => onForward(null)}>
      {ports.length === 0 ? 'Forward a port' : 'Forward another port'}
    </Button>
  );
  if (pods.length === 0) {
    return <EmptyState icon={IconArrowsLeftRight} title="It has no pods to forward a port to" />;
  }
  if (ports.length === 0) {
    return (
      <EmptyState icon={IconArrowsLeftRight} title="It names no ports" actions={other}>
        Its containers may listen all the same: forward the port that you know of.
      </EmptyState>
    );
  }
  return (
    <Section title={isService ? 'Ports of the service' : 'Ports that its containers name'}>
      <PlainTable
        label="Ports"
        columns={isService ? columns.filter(({ title }) => title !== 'Container') : columns}
        rows={ports.map((port) => row(port, { isService, onForward }))}
      />
      {!isService && <div className={classes.actions}>{other}</div>}
    </Section>
  );
}

function row(
  { port, name, container }: TargetPort,
  { isService, onForward }: { readonly isService: boolean } & Pick<PortsProps, 'onForward'>,
) {
  return [
    port,
    <bdi key="name">{name ?? ''}</bdi>,
    ...(isService ? [] : [<bdi key="container">{container ?? ''}</bdi>]),
    <span key="actions" className={classes.actions}>
      <Button tone="quiet" label={`Forward port ${port}`} onClick={() => onForward(port)}>
        Forward
      </Button>
    </span>,
  ];
}
