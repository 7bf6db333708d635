/** Between the preload script and the main process. Alone here, so that the preload stays small. */
export const portChannel = 'rackhelm:port';
