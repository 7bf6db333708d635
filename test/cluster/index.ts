/**
 * A real Kubernetes of a test's own, built from its Go module: API server, controllers, scheduler, a
 * store, and fake nodes by kwok. `startCluster` is the way in; `describeCluster` skips by name where
 * none can run. With kubelets that really run pods it stands on the rack: `startServerOn`, `joinOnRack`.
 */
export { type Answer, Api, type KubeObject } from './api.ts';
export { Authority, type CertificateOptions, type Identity } from './certificates.ts';
export { Cluster } from './cluster.ts';
export { describeCluster } from './describe-cluster.ts';
export { type FaultyProxy, startFaultyProxy } from './faulty-proxy.ts';
export { addNodes, fakeNode, leftAlone } from './kwok.ts';
export * from './objects.ts';
export {
  bootstrapToken,
  clusterOnRack,
  forgetCluster,
  joinOnRack,
  leaveOnRack,
  startKubelet,
  startServerOn,
} from './on-rack.ts';
export { whyNoCluster } from './requirements.ts';
export { applySample, podsOf } from './sample.ts';
export { type ClusterOptions, startCluster } from './start.ts';
export { throttle } from './throttle.ts';
export * from './users.ts';
export { until } from './wait.ts';
