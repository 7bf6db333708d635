import type { CheckFix, Evidence } from '../../../../shared/checks/check.ts';
import { mostEvidence } from '../../../../shared/checks/check.ts';
import type { GpuSample } from '../../../../shared/gpus/gpu-reading.ts';
import { harmless } from '../../connections/ssh/index.ts';
import type { Part } from '../../facts/index.ts';

/** What one look at everything brought back. */
export interface GpuRead {
  readonly parts: ReadonlyMap<string, Part>;
  readonly sample: GpuSample;
  /** What a part said, with how it was asked. Empty where it was not. */
  shows(label: string, ran: string): readonly Evidence[];
}

export interface ReadAbout {
  readonly sample: GpuSample;
  readonly where: string;
  readonly user: string;
  readonly at: number;
  readonly durationMs: number;
}

export function gpuRead(parts: ReadonlyMap<string, Part>, about: ReadAbout): GpuRead {
  const { sample, where, user, at, durationMs } = about;
  return {
    parts,
    sample,
    shows(label, ran) {
      const part = parts.get(label);
      if (!part) return [];
      const said = harmless(part.text).trim();
      return [
        {
          ...{ ran, where, as: user, at, durationMs },
          said: said.slice(0, mostEvidence),
          cut: said.length > mostEvidence,
          exit: part.end,
        },
      ];
    },
  };
}

/** For a person. */
export function bySteps(...steps: readonly [string, ...string[]]): CheckFix {
  return { kind: 'steps', steps: [...steps] };
}
