export { type BrowserShellOptions, runBrowserShell } from './browser-shell.ts';
export { startWebServer, type WebServer, type WebServerOptions } from './web-server.ts';
