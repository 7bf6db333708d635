export {
  type ServedPort,
  type ServedSocket,
  serveMessagePort,
  serveWebSocket,
} from './transports.ts';
