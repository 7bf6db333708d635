export { type AppKeys, createAppKeys } from './app-keys.ts';
export { createOsKeyring } from './os-keyring.ts';
export { rememberedSudo } from './remembered-sudo.ts';
export { rememberingAsk } from './remembering-ask.ts';
export { createSecrets, type Secrets } from './secrets.ts';
export { createSecretTester, type TestSecret } from './test-secret.ts';
