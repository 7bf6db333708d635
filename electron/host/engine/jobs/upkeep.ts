import type { Jobs } from './jobs.ts';

/** After the first screen; until then a job that was broken off may wait. */
const firstMs = 1_500;
/** How soon a job is found whose process died. */
const lookMs = 15_000;
const pruneAfterMs = 120_000;
const dayMs = 24 * 60 * 60_000;

/** What a host does for its jobs as long as it runs. */
export function keepJobs(
  jobs: Jobs,
  report: (error: unknown) => void,
): { readonly stop: () => void } {
  const adopt = () => void jobs.adopt({ resume: true }).catch(report);
  const prune = () => void jobs.prune().catch(report);
  const timers = [
    setTimeout(adopt, firstMs),
    setInterval(adopt, lookMs),
    setTimeout(prune, pruneAfterMs),
    setInterval(prune, dayMs),
  ];
  for (const timer of timers) timer.unref();
  return {
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
