import { IconExternalLink, IconPlayerStop } from '@tabler/icons-react';
import type { PortForward } from '../../../../../shared/cluster/pods/port-forward.ts';
import { useApp } from '../../../../app/app-context.ts';
import { Ago } from '../../../../ui/ago.tsx';
import { Button } from '../../../../ui/button.tsx';
import { CopyText } from '../../../../ui/copy-text.tsx';
import { formatBytes } from '../../../../ui/formatting.ts';
import { PlainTable } from '../../../../ui/plain-table.tsx';
import { ObjectLink } from '../../cluster-links.tsx';
import classes from '../pods.module.css';

interface ForwardTableProps {
  readonly forwards: readonly PortForward[];
  /** On the page of one object it need not say of which. */
  readonly plain?: boolean;
}

const ofAll = [{ title: 'Leads to' }, { title: 'Cluster' }] as const;
const ofEach = [
  { title: 'Port' },
  { title: 'Pod' },
  { title: 'Since' },
  { title: 'Connections' },
  { title: 'Sent' },
  { title: 'Received' },
  { title: 'Actions', quiet: true },
] as const;

/** Ports of this computer that lead into the cluster. */
export function ForwardTable({ forwards, plain = false }: ForwardTableProps) {
  const columns = [{ title: 'Address here' }, ...(plain ? [] : ofAll), ...ofEach];
  return (
    <PlainTable
      label="Forwarded ports"
      columns={columns}
      rows={forwards.map((forward) => [
        <Address key="address" forward={forward} />,
        ...(plain
          ? []
          : [
              <ObjectLink
                key="to"
                context={forward.contextId}
                kind={forward.kind}
                namespace={forward.namespace}
                name={forward.name}
              />,
              <bdi key="cluster">{forward.cluster}</bdi>,
            ]),
        forward.port,
        <bdi key="pod" className={classes.address}>
          {forward.pod ?? 'none yet'}
        </bdi>,
        <span key="since" className={classes.address}>
          <Ago at={forward.openedAt} short />
        </span>,
        `${forward.connections} open, ${forward.served.toLocaleString('en')} in all`,
        formatBytes(forward.sent),
        formatBytes(forward.received),
        <Actions key="actions" forward={forward} />,
      ])}
    />
  );
}

function Address({ forward: { localPort, trouble } }: { readonly forward: PortForward }) {
  return (
    <>
      <span className={classes.address}>
        <CopyText text={`127.0.0.1:${localPort}`} />
      </span>
      {trouble !== null && (
        <span className={classes.trouble}>
          <bdi>{trouble.text}</bdi> <Ago at={trouble.at} short />
        </span>
      )}
    </>
  );
}

function Actions({ forward: { id, localPort } }: { readonly forward: PortForward }) {
  const { cluster, notify } = useApp();
  const address = `127.0.0.1:${localPort}`;
  async function stop(): Promise<void> {
    const outcome = await cluster.pods.forwards.stop(id);
    if (!outcome.ok) notify.failed(outcome.failure);
  }
  return (
    <span className={classes.actions}>
      <Button
        tone="quiet"
        icon={IconExternalLink}
        label={`Open http://${address} in the browser`}
        onClick={() => window.open(`http://${address}/`, '_blank', 'noopener,noreferrer')}
      >
        Open
      </Button>
      <Button
        tone="quiet"
        icon={IconPlayerStop}
        label={`Stop ${address}`}
        onClick={() => void stop()}
      >
        Stop
      </Button>
    </span>
  );
}
