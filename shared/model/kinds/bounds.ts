/** As many rows as one change takes. */
export const mostAtOnce = 20_000;
