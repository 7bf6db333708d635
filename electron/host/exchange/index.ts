export { addFile } from './add-file.ts';
export { contentIn, takeContents, writeContents } from './annotations/contents.ts';
export { createExchangeDesk, type ExchangeDesk } from './desk.ts';
export {
  type ComparedFile,
  createExchange,
  type Exchange,
} from './exchange.ts';
export { readFileBounded, readOrdinaryFile } from './file-bytes.ts';
export { writeFileWhole } from './file-output.ts';
export { type FilePlace, fileProblem } from './file-record.ts';
export { scalar } from './yaml/scalar.ts';
export { readTree, type TreeEntry, type TreeNode } from './yaml/tree.ts';
