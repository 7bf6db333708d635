import { IconMapOff } from '@tabler/icons-react';
import { id as recordId } from '../../../shared/model/inventory.ts';
import { useApp } from '../../app/app-context.ts';
import { formatRoute } from '../../app/routes.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { isolated } from '../../ui/isolate.ts';
import { PageBody, PageHeader } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import classes from './cables.module.css';
import { TraceDrawing } from './trace-drawing.tsx';

/** What one port is connected to, drawn. */
export function TraceScreen({ socketId }: { readonly socketId: string }) {
  if (recordId.safeParse(socketId).success) return <Known socketId={socketId} />;
  return <NotThere />;
}

function Known({ socketId }: { readonly socketId: string }) {
  const { cables } = useApp();
  const resource = cables.trace(socketId);
  const state = useResource(resource);
  if (state.status === 'failed' && state.failure.code === 'NOT_FOUND') return <NotThere />;
  const socket = state.status === 'ready' ? state.data.steps[0]?.socket : null;
  const name = socket ? `${isolated(socket.deviceName)} ${isolated(socket.name)}` : '';
  return (
    <>
      <PageHeader
        title={`Trace${name === '' ? '' : ` from ${name}`}`}
        takesFocus
        actions={
          <a className={classes.back} href={formatRoute({ screen: 'racks', view: 'cables' })}>
            All cables
          </a>
        }
      />
      {state.status === 'loading' && <Skeleton label="Following the cables" lines={4} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void resource.reload()} />
      )}
      {state.status === 'ready' && (
        <PageBody>
          <div className={classes.padded}>
            <TraceDrawing trace={state.data} />
          </div>
        </PageBody>
      )}
    </>
  );
}

function NotThere() {
  return (
    <EmptyState icon={IconMapOff} title="This port is not in the inventory">
      It may have been deleted. Undo brings it back.
    </EmptyState>
  );
}
