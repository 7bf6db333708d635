import { parentPort } from 'node:worker_threads';
import { answerFileRequest } from './foreign-file-answer.ts';
import type { FileAnswer, FileReady, FileRequest } from './foreign-file-request.ts';

/**
 * The process that opens files of other people's making. It may hang on one (a network mount that is
 * gone), and is then given up. Where no process can be started it runs as a thread.
 */
const port = parentPort;
if (port)
  serveOn(
    (listener) => port.on('message', listener),
    (message) => port.postMessage(message),
  );
else {
  // Ctrl-C ends the host, which still has to read what it said it would; with it goes this process.
  process.on('SIGINT', () => {});
  process.on('disconnect', () => process.exit(0));
  serveOn(
    (listener) => process.on('message', listener),
    (message) => process.send?.(message),
  );
}

function serveOn(
  listen: (listener: (request: FileRequest) => void) => void,
  send: (message: FileAnswer | FileReady) => void,
): void {
  listen((request) => send(answerFileRequest(request)));
  send({ kind: 'ready' });
}
