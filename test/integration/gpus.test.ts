import { spawn } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { lookAtGpus } from '../../electron/host/gpus/look-at-gpus.ts';
import { readSample } from '../../electron/host/gpus/read-sample.ts';
import { recorded } from '../../electron/host/gpus/recorded.ts';
import { findInstallation } from '../../electron/host/installation.ts';
import { readRemoteScript } from '../../electron/host/remote-script.ts';
import { fakeTools, LocalShell } from './facts-local-shell.ts';
import { never } from './sshd/index.ts';

const script = readRemoteScript(findInstallation(import.meta.dirname).resourcesDirectory, 'gpus');
const running: ReturnType<typeof spawn>[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** nvidia-smi as it answers the three questions that it is asked. */
function nvidiaSmi(table: string, processes = ''): string {
  return `case "$*" in
*query-compute-apps*) cat <<'APPS'
${processes}
APPS
;;
*clocks_event_reasons*|*clocks_throttle_reasons*) cat <<'TABLE'
${table.trimEnd()}
TABLE
;;
*) exit 1 ;;
esac`;
}

async function look(
  tools: Readonly<Record<string, string>>,
  interpreter: readonly string[] = ['sh'],
) {
  const PATH = `${fakeTools(tools)}:${process.env.PATH}`;
  const shell = new LocalShell({ interpreter, env: { ...process.env, PATH } });
  const parts = await lookAtGpus(shell, 'now', { script, signal: never });
  return readSample(parts, 1);
}

describe.each([['sh'], ['bash'], ['busybox ash']])('asked through %s', (words) => {
  it('nvidia-smi tells its cards, and whose processes hold their memory', async () => {
    const child = spawn('sleep', ['60'], { argv0: 'vllm' });
    running.push(child);
    const processes = `GPU-5f2b1c1e-7d0c-4f35-9a57-2f1f8a40c2d1, ${child.pid}, sleep, 1024`;
    const interpreter = words.split(' ');
    const sample = await look(
      { 'nvidia-smi': nvidiaSmi(recorded.rtx3090, processes) },
      interpreter,
    );
    expect(sample.troubles).toEqual([]);
    expect(sample.gpus).toMatchObject([{ name: 'NVIDIA GeForce RTX 3090', temperatureC: 74 }]);
    expect(sample.processes).toMatchObject([
      { pid: child.pid, name: 'vllm', server: 'vLLM', memoryBytes: 1024 ** 3 },
    ]);
  });
});

it('an older driver is asked in its own words', async () => {
  const older = `case "$*" in *clocks_event_reasons*) echo 'Field "clocks_event_reasons.active" is not a valid field to query.'; exit 2 ;; esac
${nvidiaSmi(recorded.rtx3090)}`;
  expect((await look({ 'nvidia-smi': older })).gpus).toHaveLength(1);
});

it('a card that fell off the bus, so that nvidia-smi hangs, is told of within its time', async () => {
  const sample = await look({ 'nvidia-smi': "trap '' TERM; exec sleep 600" });
  expect(sample.gpus).toEqual([]);
  expect(sample.troubles.join()).toMatch(/nvidia-smi does not come back/);
}, 30_000);

it('a tool that never ends is ended once it has told enough', async () => {
  const tegrastats = 'while :; do echo "RAM 2448/7772MB GR3D_FREQ 45% GPU@41C"; sleep 0.2; done';
  expect((await look({ tegrastats })).gpus).toMatchObject([{ utilizationPercent: 45 }]);
});

it('the script says nothing where it was cut short', async () => {
  const shell = new LocalShell({ interpreter: ['sh'] });
  const cut = script.slice(0, script.lastIndexOf('main "$@"'));
  await expect(lookAtGpus(shell, 'now', { script: cut, signal: never })).rejects.toMatchObject({
    code: 'SSH_OUTPUT_INVALID',
  });
});
