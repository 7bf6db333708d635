export type { Dial } from './agent.ts';
export { createKubeClient, type KubeClientOptions } from './client.ts';
export { type KubeCause, type KubeCode, KubeError } from './errors.ts';
export { type CertificateInfo, readCertificate } from './kubeconfig/certificate.ts';
export { pluginHash } from './kubeconfig/exec-plugin.ts';
export { findProgram, loginPath } from './kubeconfig/find-program.ts';
export { pluginOf, type ReadNamedFile, resolveContext } from './kubeconfig/resolve.ts';
export type { ExecPlugin, ResolvedContext } from './kubeconfig/resolved.ts';
export {
  entryIn,
  meant,
  repeatedNames,
  type SourceDocument,
  type SourceSet,
} from './kubeconfig/sources.ts';
export { mostKubeconfigBytes, readDocument } from './read-document.ts';
export { createRenewingClient } from './renewing-client.ts';
export { readServerCertificate, type ServerCertificate } from './server-certificate.ts';
export type {
  ApplyOptions,
  DeleteOptions,
  Discovery,
  EvictOptions,
  ExecOptions,
  ExecOutput,
  ExecSession,
  FollowEvent,
  FollowOptions,
  KubeClient,
  KubeVersion,
  ListOptions,
  LogLine,
  LogOptions,
  ObjectName,
  Page,
  PatchKind,
  PodName,
  RawRequest,
  WatchEnd,
  WatchEvent,
  WatchOptions,
  WriteOptions,
} from './types.ts';
export { type AllowedCommand, createCredentialWays } from './ways.ts';
