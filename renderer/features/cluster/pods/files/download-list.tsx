import { IconX } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { PodPlace } from '../../../../../shared/cluster/pods/pod-terminal.ts';
import { useApp } from '../../../../app/app-context.ts';
import { Button, IconButton } from '../../../../ui/button.tsx';
import { CopyText } from '../../../../ui/copy-text.tsx';
import { formatBytes } from '../../../../ui/formatting.ts';
import { isolated } from '../../../../ui/isolate.ts';
import { Meter } from '../../../../ui/meter.tsx';
import classes from '../pods.module.css';
import { type Download, isOver } from './downloads-store.ts';

/** What is being downloaded from a pod, and what was. */
export function DownloadList({ place: { pod, contextId } }: { readonly place: PodPlace }) {
  const { downloads: store } = useApp().cluster.pods;
  const all = useStore(store.store, (state) => state.downloads);
  const own = all.filter(({ asked }) => asked.pod === pod && asked.contextId === contextId);
  if (own.length === 0) return null;
  return (
    <section className={classes.downloads} aria-label="Downloads">
      {own.toReversed().map((download) => (
        <div key={download.id} className={classes.download}>
          <div className={classes.downloadText} role="status">
            <DownloadText download={download} />
          </div>
          {!isOver(download) && (
            <IconButton
              label={`Cancel ${isolated(download.asked.path)}`}
              icon={IconX}
              onClick={() => store.cancel(download.id)}
            />
          )}
        </div>
      ))}
      {own.some(isOver) && (
        <div className={classes.actions}>
          <Button tone="quiet" onClick={store.clear}>
            Clear finished
          </Button>
        </div>
      )}
    </section>
  );
}

function DownloadText({ download: { asked, state } }: { readonly download: Download }) {
  const file = <bdi className="rh-mono">{asked.path}</bdi>;
  switch (state.type) {
    case 'reading': {
      const share = state.total === 0 ? 1 : state.done / state.total;
      const text = `${formatBytes(state.done)} of ${formatBytes(state.total)}`;
      return (
        <>
          {file}
          <Meter label={`Read of ${asked.path}`} share={share} text={text} calm />
        </>
      );
    }
    case 'comparing':
      return <>{file} is here; both sides are compared.</>;
    case 'cancelled':
      return <>{file} was cancelled; nothing of it was kept.</>;
    case 'failed':
      return (
        <>
          {file}: {state.failure.message} {state.failure.hint}
        </>
      );
    case 'done':
      return (
        <>
          {file}, {formatBytes(state.size)},{' '}
          {state.compared
            ? 'the same on both sides by its sha256'
            : 'of the right size, though the container has nothing to tell its hash'}
          , lies at <CopyText text={state.path} />
        </>
      );
  }
}
