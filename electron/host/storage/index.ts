export { storageTree } from './storage-tree.ts';
