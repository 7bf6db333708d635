export { runBrowserShell } from './browser-shell.ts';
