export { type ActAsked, actOn } from './act.ts';
export { readArchive, writeArchive } from './archive.ts';
export { type ContainerExec, type ExecAsked, openExec } from './exec.ts';
export { type ContainerLogs, createContainerLogs } from './logs.ts';
