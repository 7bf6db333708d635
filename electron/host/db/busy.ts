/** How long a write waits for another program's write. */
export const busyTimeoutMs = 5_000;
