export { type HostRouter, router } from './router.ts';
export { serveMessagePort, serveWebSocket } from './transports.ts';
