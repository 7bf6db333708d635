/**
 * K3s on nodes of the rack, without K3s: a stand-in of ours that has its commands, files, ports and words, and
 * brings up a real Kubernetes with real kubelets (main.ts). `describeK3s` gives the machines.
 */
export type { K3sBinary } from './binaries.ts';
export { describeBothK3s, describeK3s } from './describe-k3s.ts';
export { type FaultName, faultNames } from './faults.ts';
export { k3sFile, launcherText, standinVersion } from './launcher.ts';
export * from './on-rack.ts';
