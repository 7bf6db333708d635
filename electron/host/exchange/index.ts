export {
  type ComparedFile,
  createExchange,
  type Exchange,
  exportFormats,
} from './exchange.ts';
export { readFileBounded } from './file-bytes.ts';
export { writeFileWhole } from './file-output.ts';
