import {
  type ErrorCode,
  type ErrorDetails,
  RackhelmError,
} from '../../../../shared/model/errors.ts';

export type KubeCode = Extract<ErrorCode, `KUBE_${string}`>;

/** One reason of several: which field is wrong, who manages it, which budget forbids it. */
export interface KubeCause {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

export interface KubeErrorDetails extends Omit<ErrorDetails, 'data'> {
  readonly status?: number;
  readonly reason?: string;
  readonly retryAfterMs?: number;
  readonly causes?: readonly KubeCause[];
}

/** What went wrong between here and the API of a cluster, or what it answered. */
export class KubeError extends RackhelmError {
  declare readonly code: KubeCode;
  /** Of the answer; null: there was none. */
  readonly status: number | null;
  /** As the API calls it: `NotFound`, `AlreadyExists`; empty where it does not say. */
  readonly reason: string;
  /** When the API wants to be asked again, in milliseconds; null: it did not say. */
  readonly retryAfterMs: number | null;
  readonly causes: readonly KubeCause[];

  constructor(code: KubeCode, message: string, details: KubeErrorDetails = {}) {
    const { status = null, reason = '', retryAfterMs = null, causes = [], ...rest } = details;
    super(code, message, { ...rest, data: { status, reason, causes } });
    this.name = 'KubeError';
    this.status = status;
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
    this.causes = causes;
  }
}
