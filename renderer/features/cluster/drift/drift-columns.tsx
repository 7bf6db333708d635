import type { DriftLine } from '../../../../shared/cluster/drift/drift-line.ts';
import { Button } from '../../../ui/button.tsx';
import type { DataColumn } from '../../../ui/data-table/columns.ts';
import { isolated } from '../../../ui/isolate.ts';
import { DeviceLink, RecordLink } from '../../links/thing-links.tsx';
import { ObjectLink } from '../cluster-links.tsx';
import classes from './drift.module.css';

interface ColumnNeeds {
  readonly context: string;
  /** Null: nothing can be accepted here. */
  readonly onAccept: ((line: DriftLine) => void) | null;
}

export function driftColumns({ context, onAccept }: ColumnNeeds): readonly DataColumn<DriftLine>[] {
  return [
    {
      id: 'subject',
      header: 'What',
      size: 150,
      cell: (line) => <Subject context={context} line={line} />,
    },
    { id: 'field', header: 'Field', size: 96, cell: ({ label }) => label },
    {
      id: 'inventory',
      header: 'Inventory',
      size: 120,
      cell: ({ inventory }) => <Side text={inventory} none="not declared" />,
    },
    {
      id: 'cluster',
      header: 'Cluster',
      size: 110,
      cell: ({ cluster }) => <Side text={cluster} none="not there" />,
    },
    {
      id: 'accept',
      header: 'Accept',
      size: 84,
      cell: (line) => <Accept line={line} onAccept={onAccept} />,
    },
    {
      id: 'fix',
      header: 'Accepting it',
      size: 170,
      grow: true,
      cell: ({ fix, advice }) => (
        <span className={advice === null ? classes.words : classes.advice}>
          <Words text={advice ?? fix ?? ''} />
        </span>
      ),
    },
    {
      id: 'evidence',
      header: 'Evidence',
      size: 150,
      grow: true,
      cell: ({ evidence }) => <Words text={evidence.join('; ')} />,
    },
  ];
}

function Subject({ context, line }: { readonly context: string; readonly line: DriftLine }) {
  const { subject, object, device, service } = line;
  if (object !== null && service === null) {
    return (
      <span className={classes.words}>
        {object.namespace !== null && <bdi>{object.namespace}/</bdi>}
        <ObjectLink context={context} {...object} />
      </span>
    );
  }
  if (service !== null) return <RecordLink kind="service" {...service} />;
  if (device !== null) return <DeviceLink {...device} />;
  return <bdi className={classes.words}>{subject}</bdi>;
}

function Words({ text }: { readonly text: string }) {
  return (
    <bdi className={classes.words} title={text}>
      {text}
    </bdi>
  );
}

function Side({ text, none }: { readonly text: string | null; readonly none: string }) {
  if (text === null) return <span className={classes.none}>{none}</span>;
  return <Words text={text} />;
}

interface AcceptProps {
  readonly line: DriftLine;
  readonly onAccept: ((line: DriftLine) => void) | null;
}

function Accept({ line, onAccept }: AcceptProps) {
  const { fix, subject, advice, about } = line;
  if (fix === null || onAccept === null) return null;
  // Its services have to be there first.
  if (about === 'dependency' && advice !== null) return null;
  return (
    // The row has clicks of its own.
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps the click from the row
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button inside is what takes keys
    <span className={classes.accept} onClick={(event) => event.stopPropagation()}>
      <Button
        tone="quiet"
        label={`Accept: ${fix} (${isolated(subject)})`}
        onClick={() => onAccept(line)}
      >
        Accept
      </Button>
    </span>
  );
}
