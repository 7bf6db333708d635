/** Of a job that is measured as long as an onboarding is. */
export const phasesEach = 12;
export const phases = 240;

export const lanes = 16;
export const linesEachSecond = 10_000;
export const seconds = 4;

/** What the process tells in which the engine is measured. */
export interface Measured {
  readonly own: number[];
  readonly bare: number[];
}
