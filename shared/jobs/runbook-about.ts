export interface RunbookAbout {
  /** Of the job. */
  readonly title: string;
  /** When it was planned; UTC milliseconds. */
  readonly plannedAt: number;
}

/** The same wherever it is read: a runbook may be carried to another time zone. */
export const dateText = (at: number) =>
  `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Permissions as `chmod` takes them. */
export const modeText = (mode: number) => mode.toString(8).padStart(4, '0');
