/**
 * Run as a program: `latency-proxy.ts DELAY LISTEN:TARGET…` passes TCP connections on to ports of
 * 127.0.0.1 and holds back each piece of data, in either direction, for DELAY milliseconds.
 */
import net from 'node:net';

const [delay, ...pairs] = process.argv.slice(2);
const delayMs = Number(delay);

function passOn(from: net.Socket, to: net.Socket): void {
  // Timers of equal length fire in the order in which they were set, so the data stays in order.
  from.on('data', (chunk) => setTimeout(() => to.write(chunk), delayMs));
  from.on('end', () => setTimeout(() => to.end(), delayMs));
  from.on('error', () => to.destroy());
  from.on('close', () => setTimeout(() => to.destroy(), delayMs * 2 + 1000));
}

function listen(pair: string): Promise<void> {
  const [port, target] = pair.split(':').map(Number);
  const server = net.createServer({ allowHalfOpen: true }, (client) => {
    const upstream = net.connect({ host: '127.0.0.1', port: target ?? 0, allowHalfOpen: true });
    client.setNoDelay(true);
    upstream.setNoDelay(true);
    passOn(client, upstream);
    passOn(upstream, client);
  });
  return new Promise((resolve) => server.listen(port, '::', resolve));
}

await Promise.all(pairs.map(listen));
process.stdout.write('listening\n');
