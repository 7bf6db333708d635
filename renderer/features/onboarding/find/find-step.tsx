import { Textarea } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Draft, DraftMachine } from '../../../../shared/onboarding/draft.ts';
import { mostMachines } from '../../../../shared/onboarding/draft.ts';
import { useApp } from '../../../app/app-context.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { formatCount } from '../../../ui/formatting.ts';
import { isolated } from '../../../ui/isolate.ts';
import { Section } from '../../../ui/section.tsx';
import classes from '../connect/machines.module.css';
import { StepFrame, type StepProps } from '../wizard/step-frame.tsx';
import { FoundSources } from './found-sources.tsx';
import { readTargets } from './target-lines.ts';
import { useAddMachines } from './use-add-machines.ts';

/** Which machines come in: typed, or picked from where they can be found. */
export function FindStep({ draft }: StepProps) {
  return (
    <StepFrame
      draft={draft}
      step="find"
      lead="Name the machine, or pick it from where it can be found. Several at once share one set of answers."
    >
      <Typed draft={draft} />
      <FoundSources draft={draft} />
      <Chosen draft={draft} />
    </StepFrame>
  );
}

function Typed({ draft }: { readonly draft: Draft }) {
  const [text, setText] = useState('');
  const add = useAddMachines(draft);
  const { targets, problems } = readTargets(text);
  const full = draft.machines.length >= mostMachines;
  const submit = () => {
    if (targets.length === 0 || problems.length > 0) return;
    setText('');
    void add(targets.map((target) => ({ target, foundBy: 'typed' })));
  };
  return (
    <form
      className={classes.typed}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Textarea
        label="Name or address"
        description="As you would type it behind ssh: pi-1, admin@10.0.0.5:2222. One on each line."
        placeholder="admin@10.0.10.21"
        value={text}
        autosize
        minRows={1}
        maxRows={6}
        autoFocus={draft.machines.length === 0}
        spellCheck={false}
        autoComplete="off"
        classNames={{ input: 'rh-mono' }}
        error={problems[0]}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          // One line is sent by Enter alone; several by the button, or with Ctrl.
          if (event.key !== 'Enter' || event.shiftKey || text.includes('\n')) return;
          event.preventDefault();
          submit();
        }}
      />
      <Button type="submit" disabled={full || targets.length === 0 || problems.length > 0}>
        {targets.length > 1 ? `Take ${formatCount(targets.length, 'machine')}` : 'Take it'}
      </Button>
    </form>
  );
}

function Chosen({ draft }: { readonly draft: Draft }) {
  const { onboarding } = useApp();
  if (draft.machines.length === 0) return null;
  return (
    <Section title="These come in" note={`${draft.machines.length} of at most ${mostMachines}`}>
      <ul className={classes.list}>
        {draft.machines.map((machine) => (
          <li key={machine.id} className={classes.line}>
            <bdi className="rh-mono">{writtenTarget(machine)}</bdi>
            <span className={classes.quiet}>{foundWords[machine.foundBy]}</span>
            <IconButton
              label={`Take ${isolated(machine.target.host)} out`}
              icon={IconX}
              onClick={() =>
                void onboarding.change(draft, { kind: 'delete-machine', machineId: machine.id })
              }
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

const foundWords: Readonly<Record<DraftMachine['foundBy'], string>> = {
  typed: 'typed',
  'ssh-config': 'from the ssh configuration',
  lease: 'from a DHCP lease',
  scan: 'found by the scan',
  answers: 'from an answers file',
  device: 'a device of the inventory',
};

/** As one would type it behind ssh. */
export function writtenTarget({ target }: Pick<DraftMachine, 'target'>): string {
  const { user, host, port } = target;
  const where = port === undefined ? host : `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return user === undefined ? where : `${user}@${where}`;
}
