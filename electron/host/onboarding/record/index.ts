export { type Revert, standingOf, takeBack, whenFree, writeRecorded } from '../../recorded.ts';
export { recordDevicePhase } from './record-device.ts';
export { type RecordMachine, type RecordMachineInput, recordMachine } from './record-machine.ts';
export { type RecordParams, recordParams } from './record-params.ts';
export { targetText } from './target-text.ts';
