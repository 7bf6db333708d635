import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { SignInCommand } from '../../../../shared/cluster/contexts.ts';
import type { Outcome } from '../../../app/outcome.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout, type ErrorText } from '../../../ui/error-state.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import classes from './contexts.module.css';

interface SignInCommandViewProps {
  readonly command: SignInCommand;
  /** Which context it is, where several are shown. */
  readonly of: string;
  readonly onAllow: () => Promise<Outcome<unknown>>;
}

/** A command that signs in, exactly as it would run; it runs only once a person allowed it. */
export function SignInCommandView({ command, of, onAllow }: SignInCommandViewProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorText | null>(null);
  async function allow(): Promise<void> {
    setBusy(true);
    const outcome = await onAllow();
    setBusy(false);
    setFailure(outcome.ok ? null : outcome.failure);
  }
  return (
    <div className={classes.command}>
      <p className={classes.commandTitle}>
        To sign in, this runs on this computer, as you:
        {command.allowed && (
          <StatusBadge tone="ok" icon={IconCheck} plain>
            Allowed
          </StatusBadge>
        )}
      </p>
      <ol className={classes.words} aria-label={`Command of ${of}`}>
        {/* Word by word: nothing hides in a space or a quote. */}
        {[command.command, ...command.args].map((word, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: words may repeat, and never move
          <li key={index}>
            <code>
              <bdi>{word}</bdi>
            </code>
          </li>
        ))}
      </ol>
      <p className={classes.quiet}>
        {command.program === null ? (
          'No program of that name was found here.'
        ) : (
          <>
            The program is <code>{command.program}</code>.
          </>
        )}
        {command.env.length > 0 && ` It is given ${command.env.join(', ')} in its environment.`}
      </p>
      {command.program === null && command.installHint !== null && (
        <p className={classes.quiet}>
          The kubeconfig says of it: <bdi>{command.installHint}</bdi>
        </p>
      )}
      {!command.allowed && (
        <Button busy={busy} label={`Allow this command of ${of}`} onClick={() => void allow()}>
          Allow this command
        </Button>
      )}
      {failure !== null && (
        <Callout tone="danger" title={failure.message}>
          {failure.hint}
        </Callout>
      )}
    </div>
  );
}
