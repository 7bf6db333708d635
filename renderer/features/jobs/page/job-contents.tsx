import { IconChevronRight, IconListDetails } from '@tabler/icons-react';
import { useState } from 'react';
import type { JobLane, JobPage, JobStep } from '../../../../shared/jobs/job.ts';
import { isUnderWay } from '../../../../shared/jobs/job-state.ts';
import { jobLooks, stepDuration, stepLook } from '../job-words.ts';
import { useNow } from '../use-now.ts';
import classes from './job-page.module.css';
import { hasFailed, isActive, nextStep, settledSteps } from './job-place.ts';

interface JobContentsProps {
  readonly page: JobPage;
  /** Null: the log of the whole job. */
  readonly shown: string | null;
  readonly onShow: (at: string) => void;
}

/** Up to so many machines are unfolded from the start. */
const unfolded = 3;

/** The phases of each machine as a table of contents: how each stands, how long it took, what is next. */
export function JobContents({ page, shown, onShow }: JobContentsProps) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(() => new Set());
  const few = page.lanes.length <= unfolded;
  const asking = new Set(page.questions.map(({ stepId }) => stepId));

  function toggle(lane: string): void {
    const next = new Set(toggled);
    if (!next.delete(lane)) next.add(lane);
    setToggled(next);
  }

  return (
    <nav className={classes.contents} aria-label="Phases" data-scrolls>
      {page.lanes.map((lane) => {
        const wanted = few || lane.steps.some(({ id }) => id === shown);
        return (
          <LaneContents
            key={lane.lane}
            lane={lane}
            moving={isUnderWay(page.state)}
            open={wanted !== toggled.has(lane.lane)}
            onToggle={() => toggle(lane.lane)}
            asking={asking}
            shown={shown}
            onShow={onShow}
          />
        );
      })}
      <button
        type="button"
        className={classes.step}
        data-log
        aria-current={shown === null ? 'true' : undefined}
        onClick={() => onShow('log')}
      >
        <IconListDetails aria-hidden className={classes.stepIcon} />
        <span className={classes.stepTitle}>Log of the whole job</span>
      </button>
    </nav>
  );
}

interface LaneContentsProps {
  readonly lane: JobLane;
  readonly moving: boolean;
  readonly open: boolean;
  readonly onToggle: () => void;
  /** Steps of which a question stands. */
  readonly asking: ReadonlySet<string | null>;
  readonly shown: string | null;
  readonly onShow: (at: string) => void;
}

function LaneContents(props: LaneContentsProps) {
  const { lane, moving, open, onToggle, asking, shown, onShow } = props;
  const settled = settledSteps(lane);
  const telling =
    lane.steps.find(({ id }) => asking.has(id)) ??
    lane.steps.find(hasFailed) ??
    lane.steps.find(isActive);
  const next = moving ? nextStep(lane) : undefined;
  return (
    <section className={classes.lane}>
      <h2 className={classes.laneHeading}>
        <button type="button" className={classes.laneHead} aria-expanded={open} onClick={onToggle}>
          <IconChevronRight aria-hidden className={classes.chevron} data-open={open || undefined} />
          <bdi className={classes.laneTitle}>{lane.title}</bdi>
          <span className={classes.laneCount}>
            {`${settled.toLocaleString('en')} of ${lane.steps.length.toLocaleString('en')}`}
          </span>
        </button>
      </h2>
      {!open && telling && (
        <div className={classes.telling}>
          <StepButton
            step={telling}
            number={telling.position + 1}
            isNext={false}
            asks={asking.has(telling.id)}
            moving={moving}
            shown={shown}
            onShow={onShow}
          />
        </div>
      )}
      {open && (
        <ol className={classes.steps}>
          {lane.steps.map((step, index) => (
            <li key={step.id}>
              <StepButton
                step={step}
                number={index + 1}
                isNext={step === next}
                asks={asking.has(step.id)}
                moving={moving}
                shown={shown}
                onShow={onShow}
              />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

interface StepButtonProps {
  readonly step: JobStep;
  readonly number: number;
  readonly isNext: boolean;
  readonly asks: boolean;
  /** Whether the job is under way. */
  readonly moving: boolean;
  readonly shown: string | null;
  readonly onShow: (at: string) => void;
}

function StepButton(props: StepButtonProps) {
  const { step, number, isNext, asks, moving, shown, onShow } = props;
  const { state, plan, progress, id } = step;
  const { word, icon: IconShape, tone } = asks ? jobLooks.asking : stepLook(state, moving);
  const running = moving && isActive(step);
  const now = useNow(running);
  const percent =
    progress === null || progress.total === 0
      ? null
      : Math.floor((progress.done / progress.total) * 100);
  return (
    <button
      type="button"
      className={classes.step}
      data-state={state.state}
      aria-current={id === shown ? 'true' : undefined}
      onClick={() => onShow(id)}
    >
      <IconShape aria-hidden className={classes.stepIcon} data-tone={tone} />
      <span className={classes.stepNumber}>{number}</span>
      <span className={classes.stepTitle}>
        <bdi>{plan.title}</bdi>
        <span className="rh-hidden">{`, ${word.toLowerCase()}`}</span>
      </span>
      <span className={classes.stepTime}>
        {isNext
          ? 'next'
          : running && percent !== null
            ? `${percent} %`
            : stepDuration(state, moving ? now : null)}
      </span>
    </button>
  );
}
