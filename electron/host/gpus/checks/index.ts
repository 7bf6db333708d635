import type { CheckResult, CheckSubject } from '../../../../shared/checks/check.ts';
import type { GpuSample } from '../../../../shared/gpus/gpu-reading.ts';
import { judge } from '../../engine/checks/index.ts';
import type { Part } from '../../facts/index.ts';
import { kernelLog, link, memoryErrors, slowed } from './card-rules.ts';
import { driver, toolkit } from './driver-rules.ts';
import { gpuRead } from './gpu-evidence.ts';

const all = [driver, toolkit, link, slowed, memoryErrors, kernelLog];

export interface CheckingGpus {
  readonly subject: CheckSubject;
  readonly sample: GpuSample;
  readonly user: string;
  readonly at: number;
  readonly durationMs: number;
  readonly report: (error: unknown) => void;
}

/** Results of all checks over what one look at everything brought back. */
export function checkGpus(
  parts: ReadonlyMap<string, Part>,
  { subject, sample, user, at, durationMs, report }: CheckingGpus,
): CheckResult[] {
  const read = gpuRead(parts, { sample, where: subject.name, user, at, durationMs });
  return judge(all, { read, context: null, subject, at, report });
}
