import { Radio } from '@mantine/core';
import { useEffect, useId, useRef } from 'react';
import type { IdentityMatch } from '../../../shared/model/identity.ts';
import { reasonText, twoStrongest } from '../../../shared/model/identity-words.ts';
import { useApp } from '../../app/app-context.ts';
import { isolated } from '../../ui/isolate.ts';
import { cloneAdvice, likelihood, sentence } from './review-words.ts';
import classes from './which-device.module.css';
import { choiceProblem, chooseDevice, likelyMatches, type WizardState } from './wizard-state.ts';

interface WhichDeviceProps {
  readonly state: Extract<WizardState, { step: 'review' }>;
  /** The person tried to go on without saying. */
  readonly tried: boolean;
}

/** Which device of the inventory this machine is, with what speaks for and against each. */
export function WhichDevice({ state, tried }: WhichDeviceProps) {
  const { attempts } = useApp();
  const group = useRef<HTMLDivElement>(null);
  const { choice, goal, mismatch } = state;
  const open = choice.deviceId === undefined;
  useEffect(() => {
    if (tried && open) group.current?.querySelector('input')?.focus();
  }, [tried, open]);

  const likely = likelyMatches(state.matches);
  const asked = mismatch !== null && goal.kind === 'device' ? goal : null;
  const others = state.matches.filter(
    (match) => !likely.includes(match) && match.deviceId !== asked?.id,
  );
  if (likely.length + others.length === 0 && asked === null) return null;
  const offersAsked = asked !== null && !likely.some(({ deviceId }) => deviceId === asked.id);
  return (
    <Radio.Group
      ref={group}
      label="Which machine is this?"
      error={tried && open ? choiceProblem(choice) : null}
      errorProps={{ className: classes.error }}
      value={choice.deviceId === undefined ? '' : (choice.deviceId ?? 'new')}
      onChange={(value) => attempts.choose(chooseDevice(choice, value === 'new' ? null : value))}
    >
      <div className={classes.options}>
        {likely.map((match) => (
          <Option key={match.deviceId} match={match} />
        ))}
        {offersAsked && (
          <Radio size="xs" value={asked.id} label={`It is ${isolated(asked.name)} all the same`} />
        )}
        <Radio size="xs" value="new" label="It is a new device" />
        {others.length > 0 && (
          <details className={classes.more}>
            <summary>
              {others.length === 1
                ? 'One other device has something in common with it'
                : `${others.length} other devices have something in common with it`}
            </summary>
            <div className={classes.options}>
              {others.map((match) => (
                <Option key={match.deviceId} match={match} />
              ))}
            </div>
          </details>
        )}
      </div>
    </Radio.Group>
  );
}

/** One device: the two weightiest reasons, and the rest where somebody asks for them. */
function Option({ match }: { readonly match: IdentityMatch }) {
  const { first, rest } = twoStrongest(match);
  const reasons = first.map((reason) => sentence(reasonText(reason, isolated)));
  const text = useId();
  return (
    <div className={classes.option}>
      <Radio
        size="xs"
        value={match.deviceId}
        label={`It is ${isolated(match.deviceName)}`}
        aria-describedby={text}
      />
      <div className={classes.beside}>
        <p id={text}>
          {[likelihood(match.verdict), ...reasons].filter((each) => each !== '').join(' ')}
        </p>
        {match.verdict === 'clone' && <p>{cloneAdvice}</p>}
        {rest.length > 0 && (
          <details className={classes.more}>
            <summary>
              {rest.length === 1 ? 'One more reason' : `${rest.length} more reasons`}
            </summary>
            <ul className={classes.reasons}>
              {rest.map((reason) => (
                <li key={`${reason.kind} ${reason.agrees}`}>
                  {sentence(reasonText(reason, isolated))}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </div>
  );
}
