import { IconArrowBackUp, IconChevronRight, IconRestore } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { type HistoryEntry as Entry, reasonFrom } from '../../../shared/model/history.ts';
import { useApp } from '../../app/app-context.ts';
import { Ago } from '../../ui/ago.tsx';
import { Button } from '../../ui/button.tsx';
import { EditableField } from '../../ui/editable-field.tsx';
import { Callout } from '../../ui/error-state.tsx';
import { formatCount, formatDateTime, formatTime } from '../../ui/formatting.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { summaryLine } from './change-lines.ts';
import { ChangeList } from './change-list.tsx';
import type { RowNames } from './change-words.ts';
import classes from './history.module.css';
import { type Conflict, noConflict } from './history-store.ts';
import { sourceWords } from './history-words.ts';

interface HistoryEntryProps {
  readonly entry: Entry;
  readonly names: RowNames;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** What was done, by whom and when; opened, all of it, and the way to take it back. */
export function HistoryEntry({ entry, names, open, onToggle }: HistoryEntryProps) {
  const { label, icon: IconShape } = sourceWords[entry.source];
  const undone = entry.state === 'undone';
  const summary = summaryLine(entry.preview, names);
  return (
    <>
      <button type="button" className={classes.head} aria-expanded={open} onClick={onToggle}>
        <IconChevronRight aria-hidden className={classes.chevron} data-open={open || undefined} />
        <IconShape aria-hidden className={classes.source} />
        <span className={classes.words} title={`${entry.title}${summary && `: ${summary}`}`}>
          <bdi className={classes.title} data-undone={undone || entry.reverted || undefined}>
            {entry.title}
          </bdi>
          {summary !== '' && <bdi className={classes.summary}>{summary}</bdi>}
        </span>
        {(undone || entry.reverted) && (
          <StatusBadge tone="neutral" icon={IconArrowBackUp}>
            {undone ? 'Undone' : 'Reverted'}
          </StatusBadge>
        )}
        <span className={classes.meta} data-part="count">
          {formatCount(entry.changeCount, 'change')}
        </span>
        <span className={classes.meta} data-part="way">
          {label}
        </span>
        <span className={classes.meta} data-part="who">
          <bdi title={entry.who}>{entry.who}</bdi>
        </span>
        <time
          className={classes.when}
          dateTime={new Date(entry.at).toISOString()}
          title={formatDateTime(entry.at)}
        >
          {formatTime(entry.at)}
        </time>
      </button>
      {open && (
        <div className={classes.opened}>
          <Reason entry={entry} />
          <ChangeList id={entry.id} at={entry.at} />
          <Revert entry={entry} />
        </div>
      )}
    </>
  );
}

/** Why it was made; asked for where it is large, and may be left open. */
function Reason({ entry }: { readonly entry: Entry }) {
  const { history } = useApp();
  const [asked, setAsked] = useState(entry.reason === null && entry.changeCount >= reasonFrom);
  const isEdit = entry.source !== 'facts' && entry.source !== 'undo' && entry.source !== 'redo';
  if (entry.reason === null && !asked) {
    if (!isEdit) return null;
    return (
      <div className={classes.why}>
        <Button onClick={() => setAsked(true)}>Say why</Button>
      </div>
    );
  }
  return (
    <dl className={classes.why}>
      <EditableField
        label="Reason"
        value={entry.reason ?? ''}
        placeholder="Why was this done? It may be left open."
        onSave={(text) => history.setReason(entry.id, text)}
      />
    </dl>
  );
}

/** Why it cannot be taken back by itself; null where that may be tried. */
function whyNot(entry: Entry): string | null {
  if (entry.revertible) return null;
  if (entry.state === 'undone') return 'It is undone already.';
  if (entry.reverted) return 'It is reverted already.';
  if (entry.source === 'undo' || entry.source === 'redo') {
    return 'Undo and Redo take each other back.';
  }
  return 'Readings of facts are no edits: the next reading replaces them.';
}

function Revert({ entry }: { readonly entry: Entry }) {
  const { history } = useApp();
  const conflict = useStore(history.conflict);
  const reason = whyNot(entry);
  return (
    <div className={classes.revert}>
      {reason !== null && <p className={classes.reason}>{reason}</p>}
      <div className={classes.ways}>
        {reason === null && (
          <Button icon={IconArrowBackUp} onClick={() => void history.revert(entry.id)}>
            Revert this change
          </Button>
        )}
        <RestoreAll entry={entry} />
      </div>
      {conflict.of === entry.id && <ConflictNote conflict={conflict} />}
    </div>
  );
}

/** The whole inventory as it stood right after this change. */
function RestoreAll({ entry: { id, at } }: { readonly entry: Entry }) {
  const { dialogs } = useApp();
  const when = formatDateTime(at);
  return (
    <Button
      icon={IconRestore}
      onClick={() => dialogs.setState({ kind: 'restore-all', to: { changeSet: id }, when }, true)}
    >
      Restore all to this moment
    </Button>
  );
}

/** What stands in the way of taking something back, by name. */
export function ConflictNote({ conflict }: { readonly conflict: Conflict }) {
  const { history } = useApp();
  if (conflict.failure === null) return null;
  return (
    <Callout
      tone="warn"
      title={conflict.failure.message}
      actions={<Button onClick={() => history.conflict.setState(noConflict, true)}>Close</Button>}
    >
      <p>{conflict.failure.hint} Nothing was changed.</p>
      {conflict.standing.length > 0 && (
        <ul className={classes.standing} aria-label="Changes in the way">
          {conflict.standing.map(({ id, title, who, at }) => (
            <li key={id}>
              <bdi>{title}</bdi> · <bdi>{who}</bdi>, <Ago at={at} />
            </li>
          ))}
        </ul>
      )}
    </Callout>
  );
}
