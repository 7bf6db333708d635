export { recordDevicePhase } from './record-device.ts';
export { type RecordParams, recordParams } from './record-params.ts';
export { standingOf, takeBack, whenFree, writeRecorded } from './recorded.ts';
export { targetText } from './target-text.ts';
