export { createLint, createSilencing, type Lint, type Silencing } from './lint.ts';
export { createLintEngine, type FindingPage } from './lint-engine.ts';
