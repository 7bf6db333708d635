import { Radio } from '@mantine/core';
import {
  type JoinAs,
  joinAs,
  type MachineJoin as MachineJoinAnswers,
  readLabel,
  readTaint,
  taintWords,
} from '../../../../shared/cluster/join/join-answers.ts';
import type { JoinView } from '../../../../shared/cluster/join/join-view.ts';
import { type Draft, type DraftMachine, nameOf } from '../../../../shared/onboarding/draft.ts';
import { useApp } from '../../../app/app-context.ts';
import { Section } from '../../../ui/section.tsx';
import choice from '../wizard/choice.module.css';
import { ProblemList } from '../wizard/problems.tsx';
import classes from './cluster.module.css';
import { SettledText } from './settled-text.tsx';

interface MachineJoinProps {
  readonly draft: Draft;
  readonly machine: DraftMachine;
  readonly view: JoinView;
}

const choices: readonly { readonly as: JoinAs; readonly label: string; readonly is: string }[] = [
  { as: 'server', label: 'Server', is: 'Of the control plane: API, scheduler, state.' },
  { as: 'agent', label: 'Agent', is: 'Runs workloads.' },
  { as: 'none', label: 'Stays outside', is: 'Is brought in, and does not join.' },
];

/** As what one machine joins, and what its node is given. */
export function MachineJoin({ draft, machine, view }: MachineJoinProps) {
  const { onboarding } = useApp();
  const own = view.machines.find(({ machineId }) => machineId === machine.id);
  if (own === undefined) return null;
  const { recommended, place, nodeName } = own;
  const { join } = machine.answers;
  const chosen = join.as ?? recommended.as;
  const set = (more: Partial<MachineJoinAnswers>) =>
    void onboarding.change(draft, {
      kind: 'machine',
      machineId: machine.id,
      answers: { join: { ...join, ...more } },
    });
  const isFirst = view.cluster?.state === 'empty';
  const problems = view.problems
    .filter(({ machineId }) => machineId === machine.id)
    .map((problem) => ({ ...problem, field: 'join' }));
  return (
    <Section
      title={<bdi>{nameOf(machine)}</bdi>}
      note={chosen === 'none' ? null : `node ${nodeName}`}
    >
      <div className={classes.stack}>
        <Radio.Group
          aria-label={`As what ${nameOf(machine)} joins`}
          value={chosen}
          onChange={(value) => set({ as: joinAs.parse(value) })}
        >
          <div className={classes.choices}>
            {choices
              .filter(({ as }) => !isFirst || as !== 'agent')
              .map(({ as, label, is }) => (
                <div key={as} className={choice.choice}>
                  <Radio
                    size="xs"
                    value={as}
                    label={
                      <span className={choice.label}>
                        {label}
                        {as === recommended.as && <span className={choice.best}>recommended</span>}
                      </span>
                    }
                    description={
                      as === recommended.as ? `${is} ${recommended.reasons.join(' ')}` : is
                    }
                  />
                </div>
              ))}
          </div>
        </Radio.Group>
        {chosen !== 'none' && (
          <>
            <p className={classes.quiet}>
              {place === null
                ? 'It has no address that other nodes could reach.'
                : `Talks to other nodes by ${place.address} on ${place.interface}. ${place.why}`}
            </p>
            <NodeMarks join={join} recommended={recommended} onChange={set} />
          </>
        )}
        <ProblemList problems={problems} />
      </div>
    </Section>
  );
}

interface NodeMarksProps {
  readonly join: MachineJoinAnswers;
  readonly recommended: JoinView['machines'][number]['recommended'];
  readonly onChange: (more: Partial<MachineJoinAnswers>) => void;
}

/** Labels and taints count when the node registers; later they are changed in the cluster. */
function NodeMarks({ join, recommended, onChange }: NodeMarksProps) {
  const usual = Object.entries(recommended.labels).map((pair) => pair.join('='));
  const labels = join.labels?.map(({ key, value }) => `${key}=${value}`) ?? usual;
  const taints = (join.taints ?? recommended.taints).map(taintWords);
  return (
    <div className={classes.fields}>
      <SettledText
        label="Labels"
        description="Separated by spaces; kept as tags of the device too"
        placeholder="disk=ssd"
        value={labels.join(' ')}
        objection={(text) =>
          words(text).every((word) => readLabel(word)) ? null : 'Such as disk=ssd'
        }
        onSettle={(text) =>
          onChange({ labels: words(text).flatMap((word) => readLabel(word) ?? []) })
        }
      />
      <SettledText
        label="Taints"
        description="What keeps pods away, separated by spaces"
        placeholder="gpu=true:NoSchedule"
        value={taints.join(' ')}
        objection={(text) =>
          words(text).every((word) => readTaint(word)) ? null : 'Such as gpu=true:NoSchedule'
        }
        onSettle={(text) =>
          onChange({ taints: words(text).flatMap((word) => readTaint(word) ?? []) })
        }
      />
    </div>
  );
}

const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');
