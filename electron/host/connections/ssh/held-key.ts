import { RackhelmError } from '../../../../shared/model/errors.ts';

/** As whom one logs in, and where: behind other jump hosts the same address is another machine. */
export interface LoginPlace {
  readonly user: string;
  readonly host: string;
  readonly port: number;
  /** `user@host:port` of the jump hosts, first to last. */
  readonly through: readonly string[];
}

/** A key whose private half lies in no file: whoever opens the pool has it. */
export interface HeldKey {
  /** For the person. */
  readonly label: string;
  /** As in a .pub file. */
  readonly publicLine: string;
  /** The private half as `makeKey` made it. Throws RackhelmError where it cannot be had now. */
  privateText(signal: AbortSignal): Promise<string>;
  /** Whether it has let somebody in there before. */
  letInBefore(place: LoginPlace): boolean;
  letIn(place: LoginPlace): void;
}

/** The server would take this key, but it cannot be had now: on to what else there is. */
export class KeyWithheld extends Error {
  override readonly name = 'KeyWithheld';
  readonly error: RackhelmError;

  constructor(label: string, cause: RackhelmError) {
    super(cause.message, { cause });
    const { code, hint, data } = cause;
    this.error = new RackhelmError(code, `${label} would be taken. ${cause.message}`, {
      ...{ hint, data, cause },
    });
  }
}
