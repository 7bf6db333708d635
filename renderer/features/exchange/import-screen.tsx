import { IconFileImport, IconUpload } from '@tabler/icons-react';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Callout } from '../../ui/error-state.tsx';
import { PageBody, PageHeader } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ColumnMap } from './column-map.tsx';
import { DifferenceTable } from './difference-table.tsx';
import classes from './exchange.module.css';
import { fileNote, planText, totalsOf } from './exchange-words.ts';
import { ImportBar } from './import-bar.tsx';

/** A file comes in: chosen or dropped, compared with the inventory, looked at, and then taken over. */
export function ImportScreen() {
  const { exchange, layout } = useApp();
  const { step, name, summary } = useStore(exchange.store);
  useEffect(() => layout.inspect({ kind: 'none' }), [layout]);
  return (
    <DropArea onFile={(file) => void exchange.choose(file)}>
      <PageHeader
        title="Import"
        note={step === 'none' ? null : <bdi>{name}</bdi>}
        actions={step !== 'none' && <OtherFile />}
      />
      <PageBody>
        <Body />
      </PageBody>
      {summary !== null && step !== 'failed' && summary.total > 0 && (
        <ImportBar summary={summary} busy={step === 'writing'} ready={step !== 'reading'} />
      )}
    </DropArea>
  );
}

function Body() {
  const { exchange } = useApp();
  const { step, sent, summary, table, failure } = useStore(exchange.store);
  if (step === 'none') return <Nothing />;
  return (
    <div className={classes.body}>
      {failure !== null && (
        <Callout tone="danger" title={failure.message}>
          {failure.hint}
        </Callout>
      )}
      {step === 'reading' && summary === null && (
        <Skeleton label={sent < 1 ? 'Sending the file' : 'Comparing the file'} lines={6} />
      )}
      {(table !== null || step === 'failed') && <ColumnMap />}
      {summary !== null && step !== 'failed' && <Compared />}
    </div>
  );
}

function Compared() {
  const { exchange } = useApp();
  const summary = useStore(exchange.store, (state) => state.summary);
  if (summary === null) return null;
  const kept = summary.changedHere;
  return (
    <>
      <p className={classes.note}>
        {fileNote(summary)}
        {' · '}
        {summary.total === 0 ? 'nothing would change' : planText(totalsOf(summary))}
        {summary.unchanged > 0 && `, ${summary.unchanged.toLocaleString('en')} as they are`}
      </p>
      {summary.base === 'unknown' && (
        <Callout title="This inventory did not write this revision of the file.">
          What was changed here since it was written cannot be told from what was changed in it.
        </Callout>
      )}
      {kept > 0 && (
        <Callout title={`${kept.toLocaleString('en')} changed here since the file was written.`}>
          The file does not touch them, so they stay as they are now.
        </Callout>
      )}
      {/* Of a table, the columns say it themselves. */}
      {summary.droppedTotal > 0 && summary.table === null && (
        <Callout tone="warn" title="Left out of the file:">
          <bdi>{summary.dropped.map(({ what }) => what).join(', ')}</bdi>
          {summary.droppedTotal > summary.dropped.length &&
            ` and ${(summary.droppedTotal - summary.dropped.length).toLocaleString('en')} more`}
        </Callout>
      )}
      {summary.missingTotal > 0 && (
        <Callout tone="warn" title="A file does not hold the contents of attachments.">
          These come in by name only: <bdi>{summary.missing.join(', ')}</bdi>
          {summary.missingTotal > summary.missing.length &&
            ` and ${(summary.missingTotal - summary.missing.length).toLocaleString('en')} more`}
          . The command line takes contents along: rackhelm import --attachments.
        </Callout>
      )}
      {summary.total > 0 && <DifferenceTable summary={summary} />}
    </>
  );
}

function Nothing() {
  return (
    <EmptyState
      icon={IconFileImport}
      title="Drop a file here"
      actions={
        <ChooseFile tone="primary" icon>
          Choose a file
        </ChooseFile>
      }
    >
      An inventory that Rackhelm exported and you edited (YAML, JSON), or a table of one kind (CSV).
      You see what would change before anything does.
    </EmptyState>
  );
}

function OtherFile() {
  const { exchange } = useApp();
  return (
    <>
      <ChooseFile>Another file</ChooseFile>
      <Button tone="quiet" onClick={exchange.reset}>
        Close
      </Button>
    </>
  );
}

interface ChooseFileProps {
  readonly children: string;
  readonly tone?: 'primary';
  readonly icon?: true;
}

function ChooseFile({ children, tone, icon }: ChooseFileProps) {
  const { exchange } = useApp();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="File to import"
        accept=".yaml,.yml,.json,.csv,.tsv,.txt"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          // The same file again, once it was edited, is a choice, too.
          event.currentTarget.value = '';
          if (file) void exchange.choose(file);
        }}
      />
      <Button tone={tone} icon={icon && IconUpload} onClick={() => input.current?.click()}>
        {children}
      </Button>
    </>
  );
}

interface DropAreaProps {
  readonly onFile: (file: File) => void;
  readonly children: React.ReactNode;
}

/** The whole screen takes a file; by keyboard there is the button. */
function DropArea({ onFile, children }: DropAreaProps) {
  const [over, setOver] = useState(false);
  const takes = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way beside the button
    <div
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!takes(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false); // a node or nothing
      }}
      onDrop={(event) => {
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (!takes(event) || file === undefined) return;
        event.preventDefault();
        onFile(file);
      }}
    >
      {children}
    </div>
  );
}
