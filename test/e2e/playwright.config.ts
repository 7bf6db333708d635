import { defineConfig } from 'playwright/test';

/** End to end: the built app in a real Chromium, and in the real Electron where there is one. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 1,
  fullyParallel: false,
  // Where nobody watches; what passes only then is told of by its name. See build/test.mjs.
  retries: process.env.CI ? 1 : 0,
  use: { actionTimeout: 15_000 },
});
