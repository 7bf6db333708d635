import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Three bundles: what runs in Node or Electron's main side, the preload script, and the face. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      minify: false,
      sourcemap: true,
      // Native or worker-laden packages stay outside; the rest is bundled, which starts faster.
      externalizeDeps: { include: ['@napi-rs/keyring', 'better-sqlite3', 'ssh2', 'pino'] },
      rollupOptions: {
        input: {
          main: 'electron/main.ts',
          'host-process': 'electron/host-process.ts',
          serve: 'electron/serve.ts',
          cli: 'electron/cli.ts',
          // Threads of the host; see electron/host/worker.
          'facts-thread': 'electron/host/facts/facts-thread.ts',
          // Opens foreign files; see electron/host/connections/ssh/foreign-file.ts.
          'foreign-file-process': 'electron/host/connections/ssh/foreign-file-process.ts',
          'unlock-thread': 'electron/host/connections/ssh/keys/unlock-thread.ts',
          'exchange-thread': 'electron/host/exchange/exchange-thread.ts',
          'lint-thread': 'electron/host/lint/lint-thread.ts',
          'heavy-thread': 'electron/host/heavy-thread.ts',
          'journal-thread': 'electron/host/db/jobs/journal-thread.ts',
          'checks-thread': 'electron/host/onboarding/checks/checks-thread.ts',
          'entries-thread': 'electron/host/cluster/live/entries-thread.ts',
          'kubeconfig-thread': 'electron/host/connections/kubernetes/kubeconfig-thread.ts',
          'report-thread': 'electron/host/onboarding/report/report-thread.ts',
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: 'electron/preload.ts' },
        // A sandboxed preload script cannot be an ES module.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      emptyOutDir: true,
      sourcemap: false,
      minify: true,
      rollupOptions: { input: 'renderer/index.html' },
    },
  },
});
