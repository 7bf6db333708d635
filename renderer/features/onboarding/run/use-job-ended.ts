import { useStore } from 'zustand';
import { isUnderWay } from '../../../../shared/jobs/job-state.ts';
import type { Draft } from '../../../../shared/onboarding/draft.ts';
import { useApp } from '../../../app/app-context.ts';

/** Whether the job of a draft has come to an end, whatever end that is. */
export function useJobEnded({ jobId, step }: Pick<Draft, 'jobId' | 'step'>): boolean {
  const page = useStore(useApp().jobs.open.store, (state) => state.page);
  if (jobId === null) return false;
  // Only the step that shows it follows it; nobody comes to the report before it has ended.
  return page?.id === jobId ? !isUnderWay(page.state) : step === 'report';
}
