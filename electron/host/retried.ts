/** Makes something once. */
export interface Retried<T> {
  (): Promise<T>;
  /** What was made, once that is known; null where nothing was, or it failed. */
  settled(): Promise<T | null>;
}

/**
 * Something that is made at its first use and then kept; where making it failed, the next use tries
 * again. A kept promise would fail for as long as the process lives.
 */
export function retried<T>(make: () => Promise<T>): Retried<T> {
  let made: Promise<T> | null = null;
  const use = () => {
    made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
  return Object.assign(use, {
    settled: async () => {
      try {
        return await made;
      } catch {
        // Whoever asked for it was told.
        return null;
      }
    },
  });
}
