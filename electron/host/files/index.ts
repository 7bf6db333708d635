export { type RemoteEntry, RemoteFiles } from './remote-files.ts';
export { download, type Transfer, upload } from './transfer.ts';
