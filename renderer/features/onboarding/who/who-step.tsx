import { Radio, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Draft, DraftMachine } from '../../../../shared/onboarding/draft.ts';
import { useApp } from '../../../app/app-context.ts';
import { Callout } from '../../../ui/error-state.tsx';
import { isolated, isolatedList } from '../../../ui/isolate.ts';
import { Section } from '../../../ui/section.tsx';
import { nameProblem } from '../../devices/name-problem.ts';
import { Problems } from '../wizard/problems.tsx';
import { StepFrame, type StepProps } from '../wizard/step-frame.tsx';
import classes from './who.module.css';
import { answerOf, choiceOf, copiesIn, identityOptions, verdictLooks } from './who-words.ts';

/** Which thing of the inventory each machine is, and what it is called. */
export function WhoStep({ draft }: StepProps) {
  return (
    <StepFrame
      draft={draft}
      step="who"
      lead="Compared with all that the inventory knows: board, system, keys, cards and disks. You decide; nothing is taken for granted."
    >
      {draft.machines.map((machine) => (
        <Who key={machine.id} draft={draft} machine={machine} />
      ))}
    </StepFrame>
  );
}

interface WhoProps {
  readonly draft: Draft;
  readonly machine: DraftMachine;
}

function Who({ draft, machine }: WhoProps) {
  const { onboarding } = useApp();
  const { who, answers } = machine;
  const suggested = who?.suggestion.name ?? '';
  const answer = (part: Partial<DraftMachine['answers']>) =>
    onboarding.change(draft, { kind: 'machine', machineId: machine.id, answers: part });
  if (who === null) {
    return (
      <Section title={<bdi>{machine.target.host}</bdi>}>
        <Callout tone="warn" title="This machine was not read yet.">
          Connect to it first.
        </Callout>
      </Section>
    );
  }
  const look = verdictLooks[who.verdict];
  const copies = copiesIn(draft, machine);
  return (
    <Section
      title={<bdi>{answers.name ?? suggested}</bdi>}
      note={`${look.word}, reached at ${isolated(machine.target.host)}`}
    >
      <Callout tone={look.tone} title={look.title(who.deviceName)}>
        {who.says}
      </Callout>
      {copies.length > 0 && (
        <Callout tone="warn" title="Another one here was made from the same disk image.">
          {`It has the machine ID of the one at ${isolatedList(copies.map(({ target }) => target.host))}. Say of all but one that it is a clone.`}
        </Callout>
      )}
      <div className={classes.answers}>
        <Radio.Group
          label="It is"
          value={answers.identity === null ? '' : choiceOf(answers.identity)}
          onChange={(value) => void answer(withName(answerOf(value), machine))}
        >
          <div className={classes.options}>
            {identityOptions(who, copies).map(({ value, label, says }) => (
              <Radio key={value} size="xs" value={value} label={label} description={says} />
            ))}
          </div>
        </Radio.Group>
        <Names machine={machine} suggested={suggested} onAnswer={(part) => void answer(part)} />
      </div>
      <Problems draft={draft} machineId={machine.id} fields={['identity', 'name', 'hostname']} />
    </Section>
  );
}

/** The offered name is taken along, so that nobody has to touch it who likes it. */
function withName(
  identity: ReturnType<typeof answerOf>,
  { answers, who }: DraftMachine,
): Partial<DraftMachine['answers']> {
  const known = who?.matches.find(
    ({ deviceId }) => identity.as === 'known' && identity.deviceId === deviceId,
  );
  if (known) return { identity, name: known.deviceName };
  const offered = who?.suggestion.name ?? '';
  const takes = answers.name === null && nameProblem(offered) === null;
  return { identity, ...(takes && { name: offered.trim() }) };
}

interface NamesProps {
  readonly machine: DraftMachine;
  readonly suggested: string;
  readonly onAnswer: (part: Partial<DraftMachine['answers']>) => void;
}

function Names({ machine, suggested, onAnswer }: NamesProps) {
  const { answers, facts } = machine;
  const [name, setName] = useState(answers.name ?? suggested);
  useEffect(() => setName(answers.name ?? suggested), [answers.name, suggested]);
  const problem = nameProblem(name);
  const keepsItsName = answers.identity?.as === 'known';
  const save = () => {
    if (problem === null && name.trim() !== answers.name) onAnswer({ name: name.trim() });
  };
  return (
    <div className={classes.names}>
      <TextInput
        label="Name in the inventory"
        description={keepsItsName ? 'The device keeps the name that it has.' : undefined}
        value={name}
        error={problem}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={save}
        onKeyDown={(event) => event.key === 'Enter' && save()}
      />
      <HostName
        value={answers.hostname}
        now={facts?.hostname ?? null}
        offer={name.trim()}
        onChange={(hostname) => onAnswer({ hostname })}
      />
    </div>
  );
}

interface HostNameProps {
  readonly value: string | null;
  readonly now: string | null;
  readonly offer: string;
  readonly onChange: (hostname: string | null) => void;
}

function HostName({ value, now, offer, onChange }: HostNameProps) {
  const [text, setText] = useState(value ?? '');
  useEffect(() => setText(value ?? ''), [value]);
  const save = () => {
    const typed = text.trim() === '' ? null : text.trim();
    if (typed !== value) onChange(typed);
  };
  return (
    <TextInput
      label="Host name to give it"
      description={now === null ? 'Empty: it keeps its own.' : `Empty: it stays ${now}.`}
      placeholder={offer}
      value={text}
      spellCheck={false}
      autoComplete="off"
      classNames={{ input: 'rh-mono' }}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && save()}
    />
  );
}
