import { describe, expect, it } from 'vitest';
import { containerOfCgroup } from './container-of-cgroup.ts';
import { type GpuPoint, thinned } from './gpu-points.ts';
import { modelOfCommand } from './model-of-command.ts';
import { throttlingOfMask, throttlingWords } from './throttling.ts';
import { xidOf } from './xid.ts';

const id = '0123456789abcdef'.repeat(4);

describe('a process by its cgroup', () => {
  it.each([
    [`0::/system.slice/docker-${id}.scope`, 'docker'],
    [`9:memory:/docker/${id}`, 'docker'],
    [`0::/user.slice/user-1000.slice/user@1000.service/user.slice/docker-${id}.scope`, 'docker'],
    [`0::/machine.slice/libpod-${id}.scope/container`, 'podman'],
    [`0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-${id}.scope`, 'kubernetes'],
    [`11:devices:/kubepods/besteffort/pod2/${id}`, 'kubernetes'],
    [`0::/lxc.payload/${id}`, 'other'],
  ])('%s', (line, runtime) => {
    expect(containerOfCgroup([line])).toEqual({ runtime, id });
  });

  it('on the machine itself is in none', () => {
    expect(containerOfCgroup(['0::/user.slice/user-1000.slice/session-2.scope'])).toBeNull();
    expect(containerOfCgroup([])).toBeNull();
  });
});

describe('a model by the command line of what serves it', () => {
  it.each([
    ['vllm serve meta-llama/Llama-3.1-8B --port 8000', 'vLLM', 'meta-llama/Llama-3.1-8B'],
    ['python3 -m vllm.entrypoints.openai.api_server --model=/models/qwen', 'vLLM', 'qwen'],
    ['/app/llama-server -m /models/a/b.gguf -c 4096', 'llama.cpp', 'b.gguf'],
    [
      `/usr/bin/ollama runner --model /root/.ollama/models/blobs/sha256-${id} --ctx-size 2048`,
      'Ollama',
      'sha256:0123456789ab',
    ],
    ['text-embeddings-router --model-id BAAI/bge-m3', 'Text Embeddings Inference', 'BAAI/bge-m3'],
    ['python main.py --listen ComfyUI', 'ComfyUI', null],
    ['/usr/lib/xorg/Xorg :0', null, null],
    ['vllm serve --api-key secret', 'vLLM', null],
  ])('%s', (line, server, model) => {
    expect(modelOfCommand(line.split(' '))).toEqual({ server, model });
  });
});

it('reasons for a lower clock are told in words, what is wrong first', () => {
  const reasons = throttlingOfMask('0x0000000000000045');
  expect(reasons).toEqual(['idle', 'power-cap', 'thermal-hardware']);
  expect(throttlingWords(reasons ?? []).map(({ weight }) => weight)).toEqual([
    'trouble',
    'limit',
    'calm',
  ]);
  expect(throttlingOfMask('[N/A]')).toBeNull();
});

it('an error of the driver that is not known is told by its number', () => {
  expect(xidOf(79).says).toContain('fallen off the bus');
  expect(xidOf(4_242)).toEqual({
    code: 4_242,
    cause: 'card',
    says: 'The driver reported the error 4242.',
  });
});

it('a curve that is too long keeps its peaks', () => {
  const points: GpuPoint[] = Array.from({ length: 10_000 }, (_, at) => ({
    at,
    utilizationPercent: at === 5_000 ? 100 : 1,
    memoryUsedBytes: null,
    temperatureC: 40,
    powerW: 10,
  }));
  const thin = thinned(points, 500);
  expect(thin).toHaveLength(500);
  expect(Math.max(...thin.map(({ utilizationPercent }) => utilizationPercent ?? 0))).toBe(100);
  expect(thin[0]).toMatchObject({ at: 0, memoryUsedBytes: null });
});
