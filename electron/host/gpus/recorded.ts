import type { Part } from '../facts/index.ts';

/** What nvidia-smi printed on machines, in the fields of resources/gpus.sh. For tests. */
export const recorded = {
  rtx3090:
    '0, GPU-5f2b1c1e-7d0c-4f35-9a57-2f1f8a40c2d1, NVIDIA GeForce RTX 3090, 00000000:01:00.0, 550.54.14, 87, 61, 20480, 24576, 74, 331.25, 350.00, 1695, 2100, 9501, 63, 4, 16, 4, 16, [N/A], [N/A], 0x0000000000000004\n',
  /** A server card with ECC beside one in a narrow slot that is too hot. */
  two:
    '0, GPU-aaaaaaaa-0000-0000-0000-000000000000, NVIDIA A100-PCIE-40GB, 00000000:3B:00.0, 535.129.03, 0, 0, 3, 40960, 31, 34.10, 250.00, 210, 1410, 1215, [N/A], 1, 16, 4, 16, 12, 1, 0x0000000000000001\n' +
    '1, GPU-bbbbbbbb-0000-0000-0000-000000000000, Tesla T4, 00000000:D8:00.0, 535.129.03, 100, 88, 15109, 15360, 91, 69.80, 70.00, 300, 1590, 5000, [N/A], 3, 4, 3, 16, 0, 0, 0x0000000000000024\n',
  laptop:
    '0, GPU-cccccccc-0000-0000-0000-000000000000, NVIDIA GeForce RTX 4060 Laptop GPU, 00000000:01:00.0, 546.33, 0, 0, 0, 8188, 43, 1.52, [Not Supported], 210, 3105, 405, [N/A], 1, 8, 4, 8, [N/A], [N/A], 0x0000000000000001\n',
  /** Its memory is the machine's. */
  gb10: '0, GPU-dddddddd-0000-0000-0000-000000000000, NVIDIA GB10, 0000000F:01:00.0, 580.82.09, 96, 0, [N/A], [N/A], 62, 44.02, [N/A], 2411, 3003, [N/A], [N/A], 1, 1, 5, 1, [N/A], [N/A], 0x0000000000000000\n',
  lost: 'Unable to determine the device handle for GPU0000:01:00.0: GPU is lost.  Reboot the system to recover this GPU\n',
  mismatch:
    'Failed to initialize NVML: Driver/library version mismatch\nNVML library version: 550.120\n',
  oldField: 'Field "clocks_event_reasons.active" is not a valid field to query.\n\n',
} as const;

const id = (digit: string) => digit.repeat(64);

export const processes = `GPU-5f2b1c1e-7d0c-4f35-9a57-2f1f8a40c2d1, 4711, /usr/bin/python3, 16384
GPU-5f2b1c1e-7d0c-4f35-9a57-2f1f8a40c2d1, 4812, /app/llama-server, 4096
GPU-5f2b1c1e-7d0c-4f35-9a57-2f1f8a40c2d1, 901, /usr/lib/xorg/Xorg, [N/A]
4711 cgroup 0::/system.slice/docker-${id('a')}.scope
4711 argument python3
4711 argument -m
4711 argument vllm.entrypoints.openai.api_server
4711 argument --api-key
4711 argument sk-very-secret
4711 argument --model
4711 argument Qwen/Qwen2.5-14B-Instruct-AWQ
4711 comm python3
4812 cgroup 12:memory:/kubepods/burstable/pod1b1/${id('b')}
4812 argument /app/llama-server
4812 argument -m
4812 argument /models/mistral-7b.Q4_K_M.gguf
4812 comm llama-server
901 cgroup 0::/user.slice/user-1000.slice/session-2.scope
901 argument /usr/lib/xorg/Xorg
901 argument :0
901 comm Xorg
`;

export function parts(told: Readonly<Record<string, string | Part>>): ReadonlyMap<string, Part> {
  return new Map(
    Object.entries(told).map(([label, value]) => [
      label,
      typeof value === 'string' ? { end: 0, text: value } : value,
    ]),
  );
}
