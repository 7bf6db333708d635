import { IconRefresh, IconTool, IconUserCheck } from '@tabler/icons-react';
import type { CheckFix, ShownCheck } from '../../../shared/checks/check.ts';
import { Button } from '../button.tsx';
import { CopyText } from '../copy-text.tsx';
import { Callout } from '../error-state.tsx';
import { evidenceText } from '../evidence/evidence-text.ts';
import { EvidenceList } from '../evidence/evidence-view.tsx';
import { formatDate, formatDateTime } from '../formatting.ts';
import { isolated } from '../isolate.ts';
import classes from './check-list.module.css';
import { type CheckView, canBeAccepted } from './check-words.ts';
import { FullHistory, type LoadHistory } from './full-history.tsx';
import { HistoryStrip } from './history-strip.tsx';

export type PhaseFix = Extract<CheckFix, { kind: 'phase' }>;

/** What can be done with one result; what is absent is not offered. */
export interface CheckActions {
  readonly onRun?: ((check: ShownCheck) => void) | undefined;
  readonly aboutRun?: string | undefined;
  readonly onFix?: ((check: ShownCheck, fix: PhaseFix) => void) | undefined;
  readonly onAccept?: ((check: ShownCheck) => void) | undefined;
  readonly onUnaccept?: ((check: ShownCheck) => void) | undefined;
  readonly loadHistory?: LoadHistory | undefined;
}

interface CheckDetailsProps extends CheckActions {
  readonly check: ShownCheck;
  readonly view: CheckView;
  readonly running: boolean;
}

/** One result unfolded: why it matters, what to do, what it rests on, and how it was before. */
export function CheckDetails(props: CheckDetailsProps) {
  const { check, view, loadHistory } = props;
  const { why, fix, evidence, past, title } = check;
  return (
    <div className={classes.details}>
      <p className={classes.why}>{why}</p>
      {view === 'accepted' && <AcceptedNote {...props} />}
      {fix?.kind === 'steps' && check.status !== 'pass' && (
        <div>
          <h4 className={classes.heading}>What to do</h4>
          <ol className={classes.steps}>
            {fix.steps.map((step) => (
              <li key={step}>
                <bdi>{step}</bdi>
              </li>
            ))}
          </ol>
        </div>
      )}
      <CheckButtons {...props} />
      <div className={classes.part}>
        <div className={classes.partHead}>
          <h4 className={classes.heading}>Evidence</h4>
          {evidence.length > 1 && (
            <CopyText
              text={evidence.map(evidenceText).join('\n\n')}
              label={`all evidence of ${isolated(title)}`}
              buttonOnly
            />
          )}
        </div>
        <EvidenceList evidence={evidence} />
      </div>
      {past.length > 0 && (
        <div className={classes.pastLine}>
          <h4 className={classes.heading}>Before</h4>
          <HistoryStrip past={past} label={`Past results of ${isolated(title)}`} />
          <span className={classes.quiet}>since {formatDate(past.at(-1)?.at ?? check.at)}</span>
          {loadHistory && <FullHistory check={check} load={loadHistory} />}
        </div>
      )}
    </div>
  );
}

function CheckButtons(props: CheckDetailsProps) {
  const { check, view, running, onRun, aboutRun, onFix, onAccept } = props;
  const { fix, title, status } = check;
  const phase = fix?.kind === 'phase' && status !== 'pass' ? fix : null;
  const acceptable = onAccept && view !== 'accepted' && canBeAccepted(status);
  if (!((phase && onFix) || onRun || acceptable)) return null;
  return (
    <div className={classes.buttons}>
      {phase && onFix && (
        <Button
          icon={IconTool}
          tone={view === 'accepted' ? 'default' : 'primary'}
          onClick={() => onFix(check, phase)}
        >
          {phase.title}
        </Button>
      )}
      {onRun && (
        <Button
          icon={IconRefresh}
          busy={running}
          label={`Run again: ${isolated(title)}`}
          onClick={() => onRun(check)}
        >
          Run again
        </Button>
      )}
      {acceptable && (
        <Button
          icon={IconUserCheck}
          label={`Accept with a reason: ${isolated(title)}`}
          onClick={() => onAccept(check)}
        >
          Accept with a reason
        </Button>
      )}
      {onRun && aboutRun && <span className={classes.quiet}>{aboutRun}</span>}
    </div>
  );
}

function AcceptedNote({ check, onUnaccept }: CheckDetailsProps) {
  const { accepted } = check;
  if (accepted === null) return null;
  const { who, at, until, reason } = accepted;
  const end = until === null ? 'until it is taken back' : `until ${formatDateTime(until)}`;
  return (
    <Callout
      title={`Accepted by ${isolated(who)} on ${formatDate(at)}, ${end}.`}
      actions={
        onUnaccept && (
          <Button label={`Take back: ${isolated(check.title)}`} onClick={() => onUnaccept(check)}>
            Take back
          </Button>
        )
      }
    >
      <bdi>{reason}</bdi>
    </Callout>
  );
}
