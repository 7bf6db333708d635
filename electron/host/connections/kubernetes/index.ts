export type { Dial } from './agent.ts';
export { createKubeClient } from './client.ts';
export { KubeError } from './errors.ts';
export { type CertificateInfo, readCertificate } from './kubeconfig/certificate.ts';
export { pluginHash } from './kubeconfig/exec-plugin.ts';
export { findProgram, loginPath } from './kubeconfig/find-program.ts';
export { type ReadNamedFile, resolveContext } from './kubeconfig/resolve.ts';
export type { ExecPlugin, ResolvedContext } from './kubeconfig/resolved.ts';
export {
  meant,
  repeatedNames,
  type SourceDocument,
  type SourceSet,
} from './kubeconfig/sources.ts';
export { cutLines } from './logs.ts';
export { readDocument } from './read-document.ts';
export { readLine, readPage } from './reading.ts';
export { createRenewingClient } from './renewing-client.ts';
export { readServerCertificate } from './server-certificate.ts';
export type {
  ExecSession,
  FollowEvent,
  KubeClient,
  ListOptions,
  LogLine,
  ObjectReader,
  Page,
  ReadLine,
  WatchEvent,
} from './types.ts';
export { type AllowedCommand, createCredentialWays } from './ways.ts';
export { fieldManager } from './write.ts';
