import { type ReactNode, useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { ReasonField } from './reason-field.tsx';

/** A change of so many things is worth a word for those who come later; it may be left empty. */
export const askedFrom = 20;

interface Reason {
  /** The field that asks; null where the change is small. */
  readonly field: ReactNode;
  /** Keeps what was written with the change that was made. */
  keep(changeSetId: string): Promise<void>;
}

/** Asks why a large change is made, and keeps the answer with it in the history. */
export function useReason(count: number): Reason {
  const { history, notify } = useApp();
  const [reason, setReason] = useState('');
  return {
    field: count < askedFrom ? null : <ReasonField value={reason} onChange={setReason} />,
    async keep(changeSetId) {
      if (reason.trim() === '') return;
      const problem = await history.setReason(changeSetId, reason);
      if (problem === null) return;
      const hint = 'The change itself was made; its reason can be written in the history.';
      notify.failed({ code: 'INTERNAL', message: problem, hint, data: {} });
    },
  };
}
