import {
  type ErrorCode,
  type ErrorDetails,
  RackhelmError,
} from '../../../../shared/model/errors.ts';

export type DockerCode = Extract<ErrorCode, `DOCKER_${string}`>;

export interface DockerErrorDetails extends Omit<ErrorDetails, 'data'> {
  readonly status?: number;
}

/** What went wrong between here and the API of an engine, or what it answered. */
export class DockerError extends RackhelmError {
  declare readonly code: DockerCode;
  /** Of the answer; null: there was none. */
  readonly status: number | null;

  constructor(code: DockerCode, message: string, details: DockerErrorDetails = {}) {
    const { status = null, ...rest } = details;
    super(code, message, { ...rest, data: { status } });
    this.name = 'DockerError';
    this.status = status;
  }
}

export function cancelled(signal?: AbortSignal): DockerError {
  if (signal?.reason instanceof DockerError) return signal.reason;
  return new DockerError('DOCKER_CANCELLED', 'It was cancelled.');
}
