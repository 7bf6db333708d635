import {
  type Icon,
  IconAlertTriangle,
  IconCheck,
  IconChevronDown,
  IconChevronUp,
  IconCircleX,
  IconHelpCircle,
  IconLoader2,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useAction } from '../../app/actions/use-action.ts';
import { useApp } from '../../app/app-context.ts';
import { formatAgo, formatClock, formatDuration } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';
import { SidePane } from '../../ui/split-pane.tsx';
import { StatusBadge, type Tone } from '../../ui/status-badge.tsx';
import { asShown, type ShownActivity, type ShownState } from './activities-store.ts';
import classes from './dock.module.css';

const stateWords: Readonly<Record<ShownState, { label: string; icon: Icon; tone: Tone }>> = {
  running: { label: 'Running', icon: IconLoader2, tone: 'info' },
  waiting: { label: 'Waits for you', icon: IconHelpCircle, tone: 'warn' },
  done: { label: 'Done', icon: IconCheck, tone: 'ok' },
  failed: { label: 'Failed', icon: IconAlertTriangle, tone: 'danger' },
  cancelled: { label: 'Cancelled', icon: IconCircleX, tone: 'neutral' },
  unknown: { label: 'Unknown', icon: IconHelpCircle, tone: 'neutral' },
};

function ActivityState({ state }: { readonly state: ShownState }) {
  const { label, icon, tone } = stateWords[state];
  return (
    <StatusBadge tone={tone} icon={icon} plain>
      {label}
    </StatusBadge>
  );
}

/** What runs now and what ran: one line while closed, the list with its log when open. */
export function Dock() {
  const { activities, connection, layout } = useApp();
  const answers = useStore(connection.store, ({ status }) => status === 'open');
  const list = asShown(
    useStore(activities.store, (state) => state.list),
    answers,
  );
  const open = useStore(layout.store, (state) => state.dock);
  const newest = list[0];
  const told = useTold(newest, open);
  const clear = useAction('clear-activities');
  const running = list.filter(({ state }) => state === 'running').length;
  const waiting = list.filter(({ state }) => state === 'waiting').length;
  const Chevron = open ? IconChevronDown : IconChevronUp;
  return (
    <>
      {open && (
        <SidePane
          label="Activities"
          side="bottom"
          storageKey="rackhelm-dock-height"
          initial={208}
          min={112}
          max={480}
        >
          <ActivityList list={list} />
        </SidePane>
      )}
      <footer className={classes.strip}>
        <button
          type="button"
          className={classes.toggle}
          aria-expanded={open}
          onClick={layout.toggleDock}
        >
          <Chevron aria-hidden className={classes.icon} />
          Activities
          {running > 0 && <span className={classes.busy}>{running} running</span>}
          {/* The line beside it says so already where the newest is the one that waits. */}
          {waiting > 0 && (open || newest?.state !== 'waiting') && (
            <span className={classes.waiting}>
              {waiting === 1 ? '1 waits for you' : `${waiting} wait for you`}
            </span>
          )}
        </button>
        {told && !open && (
          <span className={classes.newest} role="status">
            <ActivityState state={told.state} />
            <span className={classes.newestText}>
              <bdi>{told.title}</bdi>
              {told.lines.length > 0 && (
                <>
                  {' · '}
                  <bdi>{told.lines.at(-1)?.text}</bdi>
                </>
              )}
            </span>
          </span>
        )}
        {/* Not a part of the status: each step would be read out. */}
        {newest && !open && <Progress activity={newest} />}
        {clear.status.enabled && (open || told?.state === 'failed') && (
          <button type="button" className={classes.clear} onClick={clear.action.run}>
            Clear finished
          </button>
        )}
      </footer>
    </>
  );
}

/** So long a line tells that something ended well. */
const toldMs = 10_000;

/** What the closed bar tells of: what runs or waits, what failed, and for a while what ended well. */
function useTold(newest: ShownActivity | undefined, open: boolean): ShownActivity | undefined {
  const [done, setDone] = useState<string | null>(null);
  const id = newest?.id ?? null;
  const ended = newest !== undefined && newest.endedAt !== null;
  const failed = newest?.state === 'failed';
  useEffect(() => {
    if (!ended) return;
    // Whoever opened the list has seen it.
    if (open) setDone(id);
    if (open || failed) return;
    const timer = setTimeout(() => setDone(id), toldMs);
    return () => clearTimeout(timer);
  }, [id, ended, failed, open]);
  return done === id && ended ? undefined : newest;
}

/** How far work on many has come, and the way to end it. */
function Progress({ activity }: { readonly activity: ShownActivity }) {
  const { activities } = useApp();
  const { progress, endedAt, cancellable, id, title } = activity;
  if (endedAt !== null) return null;
  return (
    <span className={classes.progress}>
      {progress !== null && (
        <span>
          {progress.done.toLocaleString('en')} of {progress.total.toLocaleString('en')}
        </span>
      )}
      {cancellable && (
        <button
          type="button"
          className={classes.cancel}
          aria-label={`Cancel: ${isolated(title)}`}
          onClick={() => void activities.cancel(id)}
        >
          Cancel
        </button>
      )}
    </span>
  );
}

function ActivityList({ list }: { readonly list: readonly ShownActivity[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = list.find((activity) => activity.id === chosen) ?? list[0];
  if (shown === undefined) {
    return (
      <p className={classes.empty}>
        Nothing to show. What Rackhelm does on your machines shows here while it runs and after.
      </p>
    );
  }
  return (
    <div className={classes.split}>
      <ul className={classes.list} aria-label="Activities since the start">
        {list.map((activity) => (
          <li key={activity.id}>
            <button
              type="button"
              className={classes.entry}
              aria-current={activity.id === shown.id}
              onClick={() => setChosen(activity.id)}
            >
              <ActivityState state={activity.state} />
              <span className={classes.title}>{activity.title}</span>
              <span className={classes.when}>{whenOf(activity)}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className={classes.logSide}>
        <Progress activity={shown} />
        <ol className={classes.log} aria-label={`Log of ${isolated(shown.title)}`}>
          {shown.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added, and may read alike
            <li key={index} className={classes.line}>
              <time className={classes.clock}>{formatClock(line.at)}</time>
              <span dir="auto">{line.text}</span>
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}

function whenOf(activity: ShownActivity): string {
  if (activity.endedAt === null) return formatAgo(activity.startedAt, Date.now());
  return formatDuration(activity.endedAt - activity.startedAt);
}
