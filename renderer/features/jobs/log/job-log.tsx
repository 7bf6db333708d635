import { useDebouncedValue } from '@mantine/hooks';
import { IconDownload, IconNotes } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../../app/app-context.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { formatCount } from '../../../ui/formatting.ts';
import { LogView } from '../../../ui/log-view/log-view.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import classes from '../page/job-page.module.css';
import { saveLog } from './save-log.ts';

interface JobLogProps {
  readonly jobId: string;
  /** Null: of the whole job. */
  readonly stepId: string | null;
  /** Whose log it is, for who cannot see. */
  readonly label: string;
  readonly live: boolean;
}

const typingMs = 200;

/** The log of a step or of the whole job: live, searched, and read back as far as somebody wants. */
export function JobLog({ jobId, stepId, label, live }: JobLogProps) {
  const { client, jobs, notify } = useApp();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, typingMs);
  const [saving, setSaving] = useState(false);
  useEffect(() => void jobs.log.show(jobId, { stepId, search }), [jobs, jobId, stepId, search]);

  async function save(): Promise<void> {
    setSaving(true);
    const failure = await saveLog(client, { id: jobId, stepId });
    setSaving(false);
    if (failure !== null) notify.failed(failure);
  }

  return (
    <div className={classes.log}>
      <div className={classes.logBar}>
        <SearchField what="the log" value={typed} clearable onChange={setTyped} />
        <LineCount />
        {saving ? (
          <Button tone="quiet" busy>
            Save
          </Button>
        ) : (
          <IconButton label="Save the log" icon={IconDownload} onClick={() => void save()} />
        )}
      </div>
      <Lines label={label} live={live} searched={search.trim() !== ''} />
    </div>
  );
}

function LineCount() {
  const { log } = useApp().jobs;
  const count = useStore(log.store, ({ entries }) => entries.length);
  const earlier = useStore(log.store, (state) => state.earlier);
  if (count === 0) return null;
  return (
    <span className={classes.lineCount}>
      {earlier ? `the last ${formatCount(count, 'line')}` : formatCount(count, 'line')}
    </span>
  );
}

interface LinesProps {
  readonly label: string;
  readonly live: boolean;
  readonly searched: boolean;
}

function Lines({ label, live, searched }: LinesProps) {
  const { log } = useApp().jobs;
  const { status, failure, entries, earlier, stepId, search } = useStore(log.store);
  if (status === 'failed' && failure !== null) return <ErrorState error={failure} />;
  if (status === 'loading') return <Skeleton label="Reading the log" />;
  if (entries.length === 0) {
    return (
      <EmptyState icon={IconNotes} title={searched ? 'No line matches' : 'Nothing was said yet'}>
        {!searched && live && 'Lines appear here as they come.'}
      </EmptyState>
    );
  }
  return (
    <LogView
      key={`${stepId} ${search}`}
      label={label}
      entries={entries}
      live={live}
      head={
        earlier && (
          <div className={classes.earlier}>
            <Button tone="quiet" onClick={() => void log.readEarlier()}>
              Read earlier lines
            </Button>
          </div>
        )
      }
    />
  );
}
