/** A failure of the test cluster that a person may see: one sentence, no stack. */
export class ClusterError extends Error {
  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.name = 'ClusterError';
  }
}
