/**
 * Preloaded into a host: tells whoever started it how long its event loop was held up. Plain
 * JavaScript, since what strips types would count as the host's memory.
 */
const everyMs = 2;
let last = performance.now();
let lastUsed = used();
let wallMs = 0;
let ownMs = 0;

/** Milliseconds of processor time of this thread alone. */
function used() {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

setInterval(() => {
  const [now, nowUsed] = [performance.now(), used()];
  const late = Math.max(0, now - last - everyMs);
  wallMs = Math.max(wallMs, late);
  // What other programs of the computer took is not the host's.
  ownMs = Math.max(ownMs, Math.min(late, nowUsed - lastUsed));
  [last, lastUsed] = [now, nowUsed];
}, everyMs).unref();

process.on('message', () => {
  const rssMib = process.memoryUsage.rss() / 1024 ** 2;
  process.send?.({ wallMs, ownMs, rssMib });
  [wallMs, ownMs] = [0, 0];
});
process.channel?.unref();
