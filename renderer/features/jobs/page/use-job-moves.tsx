import { type ReactNode, useMemo, useState } from 'react';
import type { JobPage } from '../../../../shared/jobs/job.ts';
import type { JobMove } from '../../../../shared/jobs/job-state.ts';
import type { RunbookFormat } from '../../../../shared/jobs/runbook.ts';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { saveText } from '../../../ui/save-text.ts';
import { type OfferedMove, offeredMoves } from './job-moves.ts';
import { UndoDialog } from './undo-dialog.tsx';

interface JobMoves {
  readonly moves: readonly OfferedMove[];
  readonly make: (move: JobMove) => void;
  readonly save: (format: RunbookFormat) => Promise<void>;
  readonly buttons: ReactNode;
  /** Asks before an undo, where one was pressed. */
  readonly dialog: ReactNode;
}

/** What can be done about a job that is shown. */
export function useJobMoves(page: JobPage): JobMoves {
  const { jobs } = useApp();
  const [undoing, setUndoing] = useState(false);
  const { id, state, undoable } = page;
  const moves = useMemo(() => offeredMoves({ state, undoable }), [state, undoable]);
  const save = useMemo(
    () => async (format: RunbookFormat) => {
      const book = await jobs.runbook(id, format);
      if (book) saveText({ name: book.name, type: 'text/plain', parts: [book.text] });
    },
    [jobs, id],
  );
  const make = useMemo(
    () => (move: JobMove) => {
      if (move === 'undo') setUndoing(true);
      else void jobs.move(id, move);
    },
    [jobs, id],
  );
  const buttons = moves.map(({ move, label, icon, first }) => (
    <Button key={move} icon={icon} tone={first ? 'primary' : 'default'} onClick={() => make(move)}>
      {label}
    </Button>
  ));
  const dialog = undoing && (
    <UndoDialog
      page={page}
      onUndo={() => void jobs.move(id, 'undo')}
      onClose={() => setUndoing(false)}
    />
  );
  return { moves, make, save, buttons, dialog };
}
