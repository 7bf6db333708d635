import { expect, it } from 'vitest';
import { fixtureNonce, outputOf } from './output-fixture.ts';
import { parseFacts } from './parse.ts';
import { readOutput } from './read-output.ts';

const timing = { collectedAt: 1, durationMs: 1 };

/** 20,000 interfaces, 50,000 addresses, 8 MiB. */
function manyInterfaces(): string {
  const addresses = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) => ({
      family: 'inet',
      local: `10.${(from + at) >> 16}.${((from + at) >> 8) & 255}.${(from + at) & 255}`,
      prefixlen: 32,
      scope: 'global',
    }));
  const links = Array.from({ length: 20_000 }, (_, at) => ({
    ifname: `veth${at}`,
    mtu: 1500,
    operstate: 'UP',
    link_type: 'ether',
    address: '02:00:00:00:00:01',
    linkinfo: { info_kind: 'veth' },
    addr_info: at === 7 ? addresses(0, 10_000) : addresses(10_000 + at * 2, 2),
  }));
  const padding = ' '.repeat(8 * 1024 * 1024);
  return `${outputOf({ presence: '', 'ip-json': JSON.stringify(links) })}${padding}`.slice(
    0,
    padding.length,
  );
}

/** The processor time that the longest turn of the event loop took, whatever else this computer does. */
function watchTurns(): { longestMs(): number } {
  const now = () => process.threadCpuUsage();
  let last = now();
  let longest = 0;
  const look = () => {
    const { user, system } = process.threadCpuUsage(last);
    longest = Math.max(longest, (user + system) / 1000);
    last = now();
  };
  const timer = setInterval(look, 1);
  return {
    longestMs: () => {
      look();
      clearInterval(timer);
      return longest;
    },
  };
}

it('reads a large output as it reads a small one, and never holds the event loop for 50 ms', async () => {
  const text = manyInterfaces();
  const stdout = Buffer.from(text);
  const signal = new AbortController().signal;
  const asRun = (bytes: Uint8Array) => ({ ...timing, run: { stdout: bytes, nonce: fixtureNonce } });
  await readOutput(asRun(Buffer.alloc(200_000)), signal);
  const turns = watchTurns();
  const { facts } = await readOutput(asRun(stdout), signal);
  expect(turns.longestMs()).toBeLessThan(50);
  expect(facts).toEqual(parseFacts(text, fixtureNonce, timing));
  expect(facts?.sections.interfaces.status === 'ok' && facts.sections.interfaces.data).toHaveLength(
    20_000,
  );
}, 60_000);

it('ends in the middle where it is cancelled', async () => {
  const stdout = Buffer.from(manyInterfaces());
  const cancel = new AbortController();
  const reading = readOutput({ ...timing, run: { stdout, nonce: fixtureNonce } }, cancel.signal);
  const begin = performance.now();
  cancel.abort(new Error('enough'));
  await expect(reading).rejects.toThrow('enough');
  expect(performance.now() - begin).toBeLessThan(100);
}, 60_000);

it('is ended with a sentence where it needs too much memory', async () => {
  const nest = '['.repeat(4_000_000);
  const stdout = Buffer.from(outputOf({ presence: '', lsblk: nest, docker: nest }));
  const answer = await readOutput(
    { ...timing, run: { stdout, nonce: fixtureNonce } },
    new AbortController().signal,
  ).catch((error: unknown) => error);
  // Either way it is an answer and not the end of this process.
  expect(answer).toMatchObject({ ended: true });
}, 60_000);
