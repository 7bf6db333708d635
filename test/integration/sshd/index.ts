export { type Account, makeAccount } from './accounts.ts';
export { startAgent } from './agent.ts';
export {
  type Answers,
  errorOf,
  never,
  type TestClient,
  withClient,
} from './client.ts';
export { startSecurityKeyAgent } from './fake-agent.ts';
export { type HostileServer, rawProtocol, sendRaw, startHostile } from './hostile.ts';
export { startImpostor } from './impostors.ts';
export { type KeyKind, type KeyPair, keygenFingerprint, makeKey } from './keys.ts';
export { describeWith } from './requirements.ts';
export { freePort, type Sshd, startSshd } from './sshd.ts';
export { TestBed, useTestBed } from './test-bed.ts';
