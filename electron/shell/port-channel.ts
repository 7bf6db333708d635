/** Between the preload script and the main process. Alone here, so that the preload stays small. */
export const portChannel = 'rackhelm:port';

/** From the main process to the page: run the action of this id, see shared/shell-actions.ts. */
export const actionChannel = 'rackhelm:action';
