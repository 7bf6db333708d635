export { type Account, makeAccount } from './accounts.ts';
export { type Agent, startAgent } from './agent.ts';
export { type Answers, errorOf, MemoryHostKeys, type TestClient, testClient } from './client.ts';
export { type Impostor, startImpostor } from './impostors.ts';
export { type KeyKind, type KeyPair, keygenFingerprint, makeKey } from './keys.ts';
export { describeWith } from './requirements.ts';
export { freePort, type Sshd, type SshdOptions, startSshd } from './sshd.ts';
export { TestBed } from './test-bed.ts';
