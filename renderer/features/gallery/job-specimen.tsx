import { useEffect, useState } from 'react';
import type { JobPage } from '../../../shared/jobs/job.ts';
import { jobStateNames } from '../../../shared/jobs/job-state.ts';
import { FilterMenu } from '../../ui/filter-menu.tsx';
import { appended, type LogEntry } from '../../ui/log-view/log-entries.ts';
import { LogView } from '../../ui/log-view/log-view.tsx';
import { Section } from '../../ui/section.tsx';
import { RecentJobList } from '../jobs/dock/dock.tsx';
import { jobLooks } from '../jobs/job-words.ts';
import { EvidenceParts } from '../jobs/page/job-evidence.tsx';
import { parseJobPlace } from '../jobs/page/job-place.ts';
import {
  failedSpecimen,
  specimenError,
  specimenJob,
  specimenPage,
  specimenQuestions,
} from '../jobs/page/job-specimens.ts';
import { JobView } from '../jobs/page/job-view.tsx';
import classes from './gallery.module.css';

const startedAt = Date.UTC(2026, 10, 30, 13, 5, 22);
const ended = { startedAt, endedAt: startedAt + 95_000 };
const running = { state: 'running', startedAt } as const;

const report = '# pi-1\n\nOnboarded as a **worker**.\n\n- memory cgroup on\n- swap off\n';
const pages: Readonly<Record<string, JobPage>> = {
  running: specimenPage(running),
  asking: { ...specimenPage({ state: 'asking', startedAt }), questions: [...specimenQuestions] },
  failed: failedSpecimen(),
  interrupted: specimenPage({ state: 'interrupted', ...ended }),
  waiting: specimenPage({ state: 'waiting', ...ended, needs: 'The sudo password of ada on pi-1.' }),
  done: { ...specimenPage({ state: 'done', ...ended }, 1, 99), report },
  '16 machines': specimenPage(running, 16, 9),
};

const recent = jobStateNames.map((name, n) => ({
  ...specimenJob(
    name === 'waiting'
      ? { state: name, ...ended, needs: 'a password' }
      : name === 'failed' || name === 'undo-failed'
        ? { state: name, ...ended, error: specimenError }
        : name === 'queued'
          ? { state: name }
          : name === 'running' || name === 'asking' || name === 'undoing'
            ? { state: name, startedAt }
            : { state: name, ...ended },
  ),
  id: name,
  title: `${jobLooks[name].word}: onboard pi-${n}`,
}));

/** Lines that pour in, as from many machines at once. */
function PouringLog({ perSecond }: { readonly perSecond: number }) {
  const [entries, setEntries] = useState<readonly LogEntry[]>([]);
  useEffect(() => {
    let [seq, last, frame] = [0, performance.now(), 0];
    const step = (now: number) => {
      const count = Math.min(2_000, Math.round(((now - last) / 1_000) * perSecond));
      last = now;
      const at = Date.now();
      const news = Array.from({ length: count }, (): LogEntry => {
        seq += 1;
        const stream = seq % 50 === 0 ? 'err' : seq % 200 === 1 ? 'app' : 'out';
        return { key: seq, at, stream, text: `line ${seq} of what a machine says while it works` };
      });
      setEntries((before) => appended(before, news));
      frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [perSecond]);
  return <LogView label="Specimen log" entries={entries} live />;
}

export function JobSpecimens() {
  const [shown, setShown] = useState('running');
  const [at, setAt] = useState<string | null>(null);
  const page = pages[shown] ?? specimenPage(running);
  const options = Object.keys(pages).map((value) => ({ value, label: value }));
  return (
    <>
      <Section
        title="Job page"
        actions={
          <FilterMenu
            label="State"
            single
            plain
            options={options}
            chosen={[shown]}
            onChange={([value]) => {
              setShown(value ?? 'running');
              setAt(null);
            }}
          />
        }
      >
        <div className={classes.page}>
          <JobView
            key={shown}
            page={page}
            place={parseJobPlace(at ?? undefined)}
            onShow={setAt}
            onAnswer={() => undefined}
            onResumeFrom={() => undefined}
            onExport={() => undefined}
            renderLog={() => <PouringLog perSecond={shown === '16 machines' ? 10_000 : 20} />}
            renderEvidence={(step) => (
              <EvidenceParts ran={step.plan.probed} planned={step.plan.probed} />
            )}
          />
        </div>
      </Section>
      <Section title="Dock">
        <RecentJobList list={recent} answers />
      </Section>
    </>
  );
}
