export { type ChosenType, insertDeviceOfType, takenType } from './device-of-type.ts';
export { createDeviceTypes, type DeviceTypes } from './device-types.ts';
export { importTypes, previewImport } from './import-types.ts';
export { readLibrary } from './library.ts';
export { portCount } from './stored-type.ts';
export { applyTypeTo, createDeviceOfType, previewApply } from './type-writing.ts';
