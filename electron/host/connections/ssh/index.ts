export { quote } from '../../../../shared/shell-quote.ts';
export { listConfiguredHosts } from './configured-hosts.ts';
export { isUnfinished } from './errors.ts';
export { fingerprints } from './fingerprints.ts';
export { ForeignFileError, readForeignFile } from './foreign-file.ts';
export { harmless } from './harmless.ts';
export type { HeldKey, LoginPlace } from './held-key.ts';
export { parseJump } from './jump.ts';
export { opensKey } from './key-file.ts';
export { type MadeKey, makeKey } from './keys/made-key.ts';
export { explainNoShell } from './no-shell.ts';
export { openSshPool } from './open-pool.ts';
export type {
  Answer,
  Ask,
  CommandStdin,
  ConnectOptions,
  ExecOptions,
  ExecResult,
  RemoteShell,
  ResolvedTarget,
  SshConnection,
  SshPool,
  SshPoolOptions,
  SshStep,
} from './types.ts';
