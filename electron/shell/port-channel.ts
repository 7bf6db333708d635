/** Between the preload script and the main process. Alone here, so that the preload stays small. */
export const portChannel = 'rackhelm:port';

/** From the main process to the page: run the action of this id, see shared/shell-actions.ts. */
export const actionChannel = 'rackhelm:action';

/** From the page to the main process: show this notice, see shared/desktop-notice.ts. */
export const noticeChannel = 'rackhelm:notice';

/** From the main process to the page: the notice of this job was pressed. */
export const pressedChannel = 'rackhelm:pressed';
