import { useDebouncedValue } from '@mantine/hooks';
import {
  IconClock,
  IconDownload,
  IconNotes,
  IconPlayerPause,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { visibleText } from '../../../../../shared/visible-text.ts';
import { useApp } from '../../../../app/app-context.ts';
import { toFailure } from '../../../../rpc/failure.ts';
import { Button, IconButton } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { Callout, ErrorState } from '../../../../ui/error-state.tsx';
import { FilterMenu, ToggleChip } from '../../../../ui/filter-menu.tsx';
import { formatCount } from '../../../../ui/formatting.ts';
import { LogView } from '../../../../ui/log-view/log-view.tsx';
import { saveText } from '../../../../ui/save-text.ts';
import { SearchField } from '../../../../ui/search-field.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import classes from '../pods.module.css';
import type { AskedLog, PodLogStore } from './pod-log-store.ts';
import { tagsOf, troublesOf } from './source-names.ts';

const typingMs = 200;

interface OfLog {
  readonly logs: PodLogStore;
}

interface LogPanelProps extends OfLog {
  readonly of: Omit<AskedLog, 'containers' | 'previous'>;
  /** What it is the log of: `Log of the pod web-1`. */
  readonly label: string;
  /** Of the file that it is saved as. */
  readonly name: string;
  readonly none: string;
  /** There is a log from before the last restart. */
  readonly hasPrevious: boolean;
}

/** One log of one or many containers, followed, searched, and read back as far as it is held. */
export function LogPanel({ logs, of, label, name, none, hasPrevious }: LogPanelProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [previous, setPrevious] = useState(false);
  const [times, setTimes] = useState(true);
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, typingMs);
  useEffect(() => logs.open({ ...of, containers: chosen, previous }), [logs, of, chosen, previous]);
  useEffect(() => logs.search(search), [logs, search]);
  return (
    <div className={classes.panel}>
      <div className={classes.bar}>
        <SearchField what="the log" value={typed} clearable onChange={setTyped} />
        <ContainerMenu logs={logs} chosen={chosen} onChange={setChosen} />
        {hasPrevious && (
          <ToggleChip on={previous} onChange={setPrevious}>
            Before the last restart
          </ToggleChip>
        )}
        <LineCount logs={logs} />
        {!previous && <PauseButton logs={logs} />}
        <IconButton
          label={times ? 'Hide the times' : 'Show the times'}
          icon={IconClock}
          pressed={times}
          onClick={() => setTimes(!times)}
        />
        <SaveButton logs={logs} name={name} />
      </div>
      <Troubles logs={logs} />
      <Lines {...{ logs, none, label, times }} searched={search.trim() !== ''} live={!previous} />
    </div>
  );
}

interface ContainerMenuProps extends OfLog {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}

/** Which containers are read; there is nothing to choose of one. */
function ContainerMenu({ logs, chosen, onChange }: ContainerMenuProps) {
  const sources = useStore(logs.store, (state) => state.sources);
  const [known, setKnown] = useState<readonly string[]>([]);
  useEffect(() => {
    const names = [...sources.values()].map(({ container }) => container);
    setKnown((before) => [...new Set([...before, ...names])]);
  }, [sources]);
  if (known.length < 2) return null;
  return (
    <FilterMenu
      label="Containers"
      options={known.map((name) => ({ value: name, label: name }))}
      chosen={chosen}
      onChange={onChange}
    />
  );
}

function LineCount({ logs }: OfLog) {
  const count = useStore(logs.store, ({ entries }) => entries.length);
  const { earlier, paused, missed } = useStore(logs.store);
  const lines = earlier ? `the last ${formatCount(count, 'line')}` : formatCount(count, 'line');
  return (
    <span className={classes.count}>
      {paused ? `${formatCount(missed, 'new line')} while paused` : count > 0 && lines}
    </span>
  );
}

function PauseButton({ logs }: OfLog) {
  const paused = useStore(logs.store, (state) => state.paused);
  return paused ? (
    <Button icon={IconPlayerPlay} onClick={logs.goOn}>
      Go on
    </Button>
  ) : (
    <IconButton label="Pause" icon={IconPlayerPause} onClick={logs.pause} />
  );
}

/** All that Rackhelm holds of it, also what the search leaves out. */
function SaveButton({ logs, name }: OfLog & { readonly name: string }) {
  const { notify } = useApp();
  async function save(): Promise<void> {
    const { sources } = logs.store.getState();
    const parts: string[] = [];
    try {
      for await (const lines of logs.readAll()) {
        for (const { at, source, text } of lines) {
          const { pod = '', container = '' } = sources.get(source) ?? {};
          const stamp = new Date(at).toISOString();
          parts.push(
            `${stamp} ${container === '' ? pod : `${pod}/${container}`} ${visibleText(text)}\n`,
          );
        }
      }
      saveText({ name: `${name}.log`, type: 'text/plain', parts });
    } catch (error) {
      notify.failed(toFailure(error));
    }
  }
  return <IconButton label="Save the log" icon={IconDownload} onClick={() => void save()} />;
}

/** Of what nothing comes, though one would think so. */
function Troubles({ logs }: OfLog) {
  const { sources, more, ended, status } = useStore(logs.store);
  const troubles = troublesOf([...sources.values()]);
  if (status !== 'ready' || (troubles.length === 0 && more === 0)) return null;
  const title =
    more > 0
      ? `${formatCount(more, 'more container')} than can be read at once`
      : `Of ${formatCount(troubles.length, 'container')} nothing ${ended ? 'came' : 'comes'}`;
  return (
    <div className={classes.note}>
      <Callout tone="warn" title={title}>
        <ul className={classes.troubles}>
          {troubles.slice(0, 20).map((text) => (
            <li key={text}>
              <bdi>{text}</bdi>
            </li>
          ))}
        </ul>
      </Callout>
    </div>
  );
}

interface LinesProps extends OfLog {
  /** What is said where nothing has a log. */
  readonly none: string;
  readonly label: string;
  readonly times: boolean;
  readonly searched: boolean;
  readonly live: boolean;
}

function Lines({ logs, none, label, times, searched, live }: LinesProps) {
  const { status, failure, entries, earlier, sources, paused, ended } = useStore(logs.store);
  const tags = useMemo(() => tagsOf(sources), [sources]);
  if (status === 'failed' && failure !== null) {
    return <ErrorState error={failure} onRetry={logs.again} />;
  }
  if (status === 'loading') return <Skeleton label="Reading the log" lines={10} />;
  if (entries.length === 0) {
    const silent = sources.size === 0 ? none : 'Nothing was said yet';
    return (
      <EmptyState icon={IconNotes} title={searched ? 'No line matches' : silent}>
        {!searched && live && !ended && 'Lines appear here as they come.'}
      </EmptyState>
    );
  }
  return (
    <LogView
      label={label}
      entries={entries}
      live={live && !paused && !ended}
      times={times}
      {...(tags !== undefined && { tags })}
      head={
        earlier && (
          <div className={classes.earlier}>
            <Button tone="quiet" onClick={() => void logs.readEarlier()}>
              Read earlier lines
            </Button>
          </div>
        )
      }
    />
  );
}
