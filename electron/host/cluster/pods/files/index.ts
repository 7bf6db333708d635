export { download } from './download.ts';
export { listFolder } from './list-folder.ts';
