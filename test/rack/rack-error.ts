/** A failure of the rack that a person may see: one sentence, no stack. */
export class RackError extends Error {
  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.name = 'RackError';
  }
}
