import { IconPlus } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../app/app-context.ts';
import { formatRoute } from '../../app/routes.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { PageHeader } from '../../ui/page.tsx';
import { CableTable } from './cable-table.tsx';
import classes from './cables.module.css';
import { FreePorts } from './free-ports.tsx';
import { CableLinks } from './link-list.tsx';
import { TraceScreen } from './trace-screen.tsx';

const parts = ['all', 'missing', 'doubtful', 'ports', 'dismissed'] as const;
type Part = (typeof parts)[number];

/** Cables: all of them, what LLDP says of them, ports without one, and a trace. */
export function CablesScreen({ thing }: { readonly thing: string | null }) {
  const { layout } = useApp();
  useEffect(() => layout.inspect({ kind: 'none' }), [layout]);
  const [what, socketId] = (thing ?? 'all').split('/');
  if (what === 'trace' && socketId) return <TraceScreen key={socketId} socketId={socketId} />;
  return <Parts part={parts.find((part) => part === what) ?? 'all'} />;
}

function Parts({ part }: { readonly part: Part }) {
  const { cables, dialogs } = useApp();
  const { total, status } = useStore(cables.table.store);
  return (
    <>
      <PageHeader
        title="Cables"
        note={part === 'all' && status === 'ready' ? formatCount(total, 'cable') : null}
        actions={
          <Button
            tone="primary"
            icon={IconPlus}
            onClick={() => dialogs.setState({ kind: 'connect' }, true)}
          >
            Add cable
          </Button>
        }
      />
      <PartTabs part={part} />
      {part === 'all' && <CableTable />}
      {part === 'ports' && <FreePorts />}
      {part !== 'all' && part !== 'ports' && <CableLinks state={part} />}
    </>
  );
}

function PartTabs({ part }: { readonly part: Part }) {
  const { cables } = useApp();
  const links = useResource(cables.links('missing'));
  const counts = links.status === 'ready' ? links.data.counts : null;
  const labels: Readonly<Record<Part, string>> = {
    all: 'All cables',
    missing: `Missing${countText(counts?.missing)}`,
    doubtful: `Doubtful${countText(counts?.doubtful)}`,
    ports: 'Ports without a cable',
    dismissed: `Dismissed${countText(counts?.dismissed)}`,
  };
  const shown = parts.filter(
    (each) => each !== 'dismissed' || part === 'dismissed' || (counts?.dismissed ?? 0) > 0,
  );
  return (
    <nav className={classes.parts} aria-label="Views of the cables">
      {shown.map((each) => (
        <a
          key={each}
          className={classes.part}
          href={formatRoute({
            screen: 'racks',
            view: 'cables',
            ...(each !== 'all' && { thing: each }),
          })}
          aria-current={each === part ? 'page' : undefined}
        >
          {labels[each]}
        </a>
      ))}
    </nav>
  );
}

const countText = (count: number | undefined) =>
  count === undefined || count === 0 ? '' : ` (${count.toLocaleString('en')})`;
