import { Checkbox, Radio } from '@mantine/core';
import { useState } from 'react';
import { type SshKeyChoice, sshKeyChoice } from '../../../../shared/onboarding/answers.ts';
import type { Draft } from '../../../../shared/onboarding/draft.ts';
import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/error-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { OpenSecretsDialog } from '../../secrets/opening-dialogs.tsx';
import choice from '../wizard/choice.module.css';
import classes from './role.module.css';

interface Choice {
  readonly value: SshKeyChoice;
  readonly label: string;
  readonly is: string;
}

const choices: readonly Choice[] = [
  {
    value: 'app',
    label: 'Rackhelm’s own key',
    is: 'Refreshes, checks and schedules get in without you. Its private half is kept encrypted in the store of secrets, and in no file that another program could read.',
  },
  {
    value: 'user',
    label: 'Your key',
    is: 'The public key of your account on this computer, ~/.ssh/id_ed25519.pub or the like. You get in by ssh; Rackhelm does where the key has no passphrase, or an agent holds it.',
  },
  { value: 'both', label: 'Both', is: 'Rackhelm gets in by itself, and you by ssh as usual.' },
  { value: 'none', label: 'No key', is: 'Nothing is put there; the way in stays as it is.' },
];

/** How one signs in from now on: the same for all machines. */
export function SignInFromNow({ draft }: { readonly draft: Draft }) {
  const { onboarding } = useApp();
  const { sshKey, passwordLoginOff } = draft.common;
  const answer = (answers: Partial<Draft['common']>) =>
    void onboarding.change(draft, { kind: 'common', answers });
  const choose = (value: string) => {
    const chosen = sshKeyChoice.parse(value);
    answer({ sshKey: chosen, ...(chosen === 'none' && { passwordLoginOff: false }) });
  };
  return (
    <Section title="Signing in from now on">
      <div className={classes.signIn}>
        <Radio.Group aria-label="Key that the machines let in" value={sshKey} onChange={choose}>
          <ul className={`${classes.roles} ${classes.keys}`}>
            {choices.map(({ value, label, is }) => (
              <li key={value} className={choice.choice}>
                <Radio
                  size="xs"
                  value={value}
                  label={
                    <span className={choice.label}>
                      {label}
                      {value === 'app' && <span className={choice.best}>recommended</span>}
                    </span>
                  }
                  description={is}
                />
              </li>
            ))}
          </ul>
        </Radio.Group>
        {(sshKey === 'app' || sshKey === 'both') && <StoreNeeded />}
        <Checkbox
          label="And turn the login by password off"
          description="Only after a new login by exactly that key has worked; never the last way in."
          checked={passwordLoginOff}
          disabled={sshKey === 'none'}
          onChange={(event) => answer({ passwordLoginOff: event.currentTarget.checked })}
        />
        {sshKey === 'app' && passwordLoginOff && (
          <Callout tone="warn" title="You yourself may not get in by ssh then">
            Rackhelm does. Choose both if you log in from a terminal, too.
          </Callout>
        )}
      </div>
    </Section>
  );
}

/** The key is made and kept in a store that is open. */
function StoreNeeded() {
  const { secrets } = useApp();
  const state = useResource(secrets.status);
  const [opening, setOpening] = useState(false);
  if (state.status !== 'ready' || state.data.state === 'open') return null;
  const isNew = state.data.state === 'not-set-up';
  return (
    <>
      <Callout
        tone="info"
        title={isNew ? 'There is no store of secrets yet' : 'The store of secrets is locked'}
        actions={<Button onClick={() => setOpening(true)}>{isNew ? 'Set up' : 'Unlock'}</Button>}
      >
        The key is kept there: it has to be open when the plan is made and carried out.
      </Callout>
      {opening && <OpenSecretsDialog onClose={() => setOpening(false)} />}
    </>
  );
}
