import {
  IconLayoutColumns,
  IconLayoutRows,
  IconPlugConnected,
  IconSearch,
  IconX,
} from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../app/app-context.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Callout } from '../../ui/error-state.tsx';
import { isolated } from '../../ui/isolate.ts';
import { JobQuestions } from '../jobs/page/job-question.tsx';
import { FindBar } from './find-bar.tsx';
import { isOver, paneWords, type TerminalPane } from './terminal-pane.ts';
import classes from './terminals.module.css';

interface PaneProps {
  readonly pane: TerminalPane;
}

/** One terminal: how it stands, what it asks, its screen. */
export function PaneView({ pane }: PaneProps) {
  const { terminals } = useApp();
  const { id, name, state } = pane;
  const [finding, setFinding] = useState(false);
  const bar = useRef<HTMLDivElement>(null);
  // Shown for the first time in this window.
  useEffect(() => {
    if (state.is === 'held') void terminals.look(id);
  }, [terminals, id, state.is]);
  const stopFinding = () => {
    setFinding(false);
    terminals.focus(id);
  };
  return (
    <section className={classes.pane} aria-label={`Terminal of ${isolated(name)}`}>
      <div className={classes.bar} ref={bar}>
        <span className={classes.words} role="status">
          <bdi className={classes.name}>{name}</bdi> <bdi>{paneWords(state)}</bdi>
        </span>
        <PaneButtons pane={pane} finding={finding} onFind={() => setFinding(!finding)} />
      </div>
      {finding && <FindBar id={id} onClose={stopFinding} />}
      <PaneNotes pane={pane} />
      {pane.drawn && (
        <PaneScreen
          pane={pane}
          onLeave={() => bar.current?.querySelector<HTMLElement>('button')?.focus()}
          onFind={() => setFinding(true)}
        />
      )}
    </section>
  );
}

interface PaneButtonsProps extends PaneProps {
  readonly finding: boolean;
  readonly onFind: () => void;
}

function PaneButtons({ pane: { id, state }, finding, onFind }: PaneButtonsProps) {
  const { terminals } = useApp();
  const again = isOver(state) ? 'Connect again' : 'Show it here';
  return (
    <>
      {(isOver(state) || state.is === 'taken') && (
        <Button icon={IconPlugConnected} onClick={() => void terminals.look(id)}>
          {again}
        </Button>
      )}
      <IconButton label="Search" icon={IconSearch} pressed={finding} onClick={onFind} />
      <IconButton
        label="Split to the right"
        icon={IconLayoutColumns}
        onClick={() => terminals.split(id, 'row')}
      />
      <IconButton
        label="Split below"
        icon={IconLayoutRows}
        onClick={() => terminals.split(id, 'column')}
      />
      <IconButton label="Close and end" icon={IconX} onClick={() => terminals.close(id)} />
    </>
  );
}

/** What has to be read or answered above the screen. */
function PaneNotes({ pane: { id, name, state } }: PaneProps) {
  const { terminals } = useApp();
  if (state.is === 'failed') {
    const { message, hint } = state.failure;
    return (
      <div className={classes.note}>
        <Callout tone="danger" title={message}>
          {hint}
        </Callout>
      </div>
    );
  }
  if (state.is !== 'opening' || state.asks === null) return null;
  const { questionId, question } = state.asks;
  const standing = { id: questionId, stepId: null, lane: '', at: 0 };
  return (
    <div className={classes.note}>
      <JobQuestions
        questions={[{ ...standing, question: { kind: 'ssh', question } }]}
        nameOf={() => name}
        takesFocus
        onAnswer={(_, given) => {
          const answer = given.kind === 'ssh' ? given.answer : { kind: 'cancel' as const };
          terminals.answer(id, questionId, answer);
        }}
      />
    </div>
  );
}

interface PaneScreenProps extends PaneProps {
  readonly onLeave: () => void;
  readonly onFind: () => void;
}

function PaneScreen({ pane: { id, state }, onLeave, onFind }: PaneScreenProps) {
  const { terminals, appearance } = useApp();
  const looks = useStore(appearance.store);
  const screen = useRef<HTMLDivElement>(null);
  const on = useRef({ onLeave, onFind });
  on.current = { onLeave, onFind };
  useEffect(() => {
    const element = screen.current;
    if (element === null) return;
    return terminals.show(id, element, {
      onLeave: () => on.current.onLeave(),
      onFind: () => on.current.onFind(),
    });
  }, [terminals, id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the looks are why, not what with
  useEffect(() => terminals.paint(), [terminals, looks.theme, looks.contrast]);
  const isOpen = state.is === 'open';
  useEffect(() => {
    if (isOpen) terminals.focus(id);
  }, [terminals, id, isOpen]);
  return (
    <div className={classes.screen}>
      <div ref={screen} className={classes.screenPart} />
    </div>
  );
}
