/** One line of the table that `npm run bench` prints and writes as JSON. */
export interface BenchResult {
  readonly name: string;
  readonly medianMs: number;
  readonly p95Ms: number;
  /** What it is compared with, measured in the same run. */
  readonly baselineName: string;
  readonly baselineMedianMs: number;
  /** Median over the baseline's median. */
  readonly ratio: number;
  /** What is asked for, in words. */
  readonly target: string;
  readonly pass: boolean;
}

export interface Timing {
  readonly medianMs: number;
  readonly p95Ms: number;
}

export function timingOf(samples: readonly number[]): Timing {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  return { medianMs: at(0.5), p95Ms: at(0.95) };
}

/**
 * Times two things in turns, so that whatever else the machine does meets both alike. A quarter as
 * many unmeasured rounds come first, so that caches and compiled code are those of an app in use.
 */
export function timeInTurns(
  rounds: number,
  subject: (round: number) => void,
  baseline: (round: number) => void,
): { readonly subject: Timing; readonly baseline: Timing } {
  const measure = (work: (round: number) => void, round: number) => {
    const start = performance.now();
    work(round);
    return performance.now() - start;
  };
  const samples = { subject: [] as number[], baseline: [] as number[] };
  for (let round = -Math.ceil(rounds / 4); round < rounds; round += 1) {
    const [own, bare] = [measure(subject, round), measure(baseline, round)];
    if (round < 0) continue;
    samples.subject.push(own);
    samples.baseline.push(bare);
  }
  return { subject: timingOf(samples.subject), baseline: timingOf(samples.baseline) };
}

/** A line of the table: what was measured beside what it is compared with. */
export function compared(
  name: string,
  times: { readonly subject: Timing; readonly baseline: Timing },
  goal: {
    readonly target: string;
    readonly baselineName: string;
    readonly pass: (own: Timing, ratio: number) => boolean;
  },
): BenchResult {
  const ratio = times.subject.medianMs / times.baseline.medianMs;
  return {
    name,
    ...times.subject,
    baselineName: goal.baselineName,
    baselineMedianMs: times.baseline.medianMs,
    ratio,
    target: goal.target,
    pass: goal.pass(times.subject, ratio),
  };
}
