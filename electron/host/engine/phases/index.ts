/** What phases are made of: a look in one round trip, commands, edited files, several changes as one. */
export {
  type Command,
  type CommandAnswer,
  commandFailed,
  commandItem,
  note,
  notPossible,
  runAll,
  runCommand,
  tryCommand,
} from './command.ts';
export {
  applyFile,
  asBytes,
  type FileEdit,
  fileItems,
  type SavedFile,
  type SeenFile,
  savedFile,
  saveFile,
  seeFile,
  undoFile,
} from './edited-file.ts';
export { filePhase } from './file-phase.ts';
export { type Looked, linesOf, look, type Part, probing, told, UnclearAnswer } from './look.ts';
export { servicesAsked } from './systemd.ts';
export { asOneChange, isUnderWay, standingWith } from './under-way.ts';
export { upload } from './upload.ts';
