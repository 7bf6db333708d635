import { useApp } from '../../../app/app-context.ts';
import { Callout } from '../../../ui/error-state.tsx';
import { isolated } from '../../../ui/isolate.ts';
import { Meter } from '../../../ui/meter.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { JobQuestions } from '../../jobs/page/job-question.tsx';
import type { Look } from './look.ts';

interface LookStatusProps {
  /** Those that are looked at. */
  readonly machines: readonly { readonly id: string; readonly name: string }[];
  readonly look: Look;
  readonly label: string;
}

/** How far the looking is, what it asks, and what went wrong. */
export function LookStatus({ machines, look, label }: LookStatusProps) {
  const { onboarding } = useApp();
  const { question, progress, running, failures } = look;
  const [only, more] = machines;
  const asker = only && more === undefined ? only.name : 'One of them';
  const name = (id: string | null) => {
    const machine = machines.find((each) => each.id === id);
    return machine ? isolated(machine.name) : null;
  };
  return (
    <>
      {question && (
        <JobQuestions
          questions={[{ ...question, stepId: null, lane: '', at: 0 }]}
          nameOf={() => asker}
          takesFocus
          onAnswer={(_, answer) => void onboarding.looks.answer(answer)}
        />
      )}
      {running && !question && progress && progress.total > 1 && (
        <Meter
          calm
          label={label}
          share={progress.done / progress.total}
          text={`${progress.done} of ${progress.total}`}
        />
      )}
      {running && !question && (progress?.total ?? 0) <= 1 && <Skeleton label={label} lines={6} />}
      {failures.map(({ machineId, failure }, index) => (
        <Callout
          // biome-ignore lint/suspicious/noArrayIndexKey: failures are only ever added
          key={index}
          tone="danger"
          title={[name(machineId), failure.message].filter(Boolean).join(': ')}
        >
          {failure.hint}
        </Callout>
      ))}
    </>
  );
}
