import type { NodeBuild } from '../looks/index.ts';
import { scriptText } from '../scripts.ts';

/** One answer of an RTX 3090 that serves a model, field by field as `--query-gpu` names them. */
export const recordedGpu: Readonly<Record<string, string>> = {
  index: '0',
  uuid: 'GPU-5a3e9f0c-7d61-2b84-91fe-c07a4b6d2e18',
  name: 'NVIDIA GeForce RTX 3090',
  gpu_name: 'NVIDIA GeForce RTX 3090',
  driver_version: '550.163.01',
  compute_cap: '8.6',
  count: '1',
  pstate: 'P2',
  'temperature.gpu': '64',
  'fan.speed': '55 %',
  'utilization.gpu': '87 %',
  'utilization.memory': '41 %',
  'memory.total': '24576 MiB',
  'memory.used': '17862 MiB',
  'memory.free': '6411 MiB',
  'power.draw': '312.47 W',
  'power.limit': '350.00 W',
  'enforced.power.limit': '350.00 W',
  'clocks.sm': '1785 MHz',
  'clocks.mem': '9501 MHz',
  'clocks.max.sm': '2100 MHz',
  'pcie.link.gen.current': '4',
  'pcie.link.width.current': '16',
  'pcie.link.gen.max': '4',
  'pcie.link.width.max': '16',
  'clocks_event_reasons.active': '0x0000000000000004',
  'clocks_throttle_reasons.active': '0x0000000000000004',
  'pci.bus_id': '00000000:01:00.0',
  serial: '[N/A]',
  'ecc.mode.current': '[N/A]',
  'ecc.errors.corrected.volatile.total': '[N/A]',
  'ecc.errors.uncorrected.volatile.total': '[N/A]',
  display_active: 'Disabled',
  persistence_mode: 'Enabled',
};

const recordedProcess: Readonly<Record<string, string>> = {
  gpu_uuid: recordedGpu.uuid ?? '',
  gpu_name: recordedGpu.name ?? '',
  pid: '2417',
  process_name: '/usr/local/bin/model-server',
  used_memory: '17846 MiB',
  used_gpu_memory: '17846 MiB',
};

const plain = `+-----------------------------------------------------------------------------------------+
| NVIDIA-SMI 550.163.01             Driver Version: 550.163.01     CUDA Version: 12.4     |
|-----------------------------------------+------------------------+----------------------+
| GPU  Name                 Persistence-M | Bus-Id          Disp.A | Volatile Uncorr. ECC |
| Fan  Temp   Perf          Pwr:Usage/Cap |           Memory-Usage | GPU-Util  Compute M. |
|                                         |                        |               MIG M. |
|=========================================+========================+======================|
|   0  NVIDIA GeForce RTX 3090        On  |   00000000:01:00.0 Off |                  N/A |
| 55%   64C    P2             312W /  350W |   17862MiB /  24576MiB |     87%      Default |
|                                         |                        |                  N/A |
+-----------------------------------------+------------------------+----------------------+

+-----------------------------------------------------------------------------------------+
| Processes:                                                                              |
|  GPU   GI   CI        PID   Type   Process name                              GPU Memory |
|        ID   ID                                                               Usage      |
|=========================================================================================|
|    0   N/A  N/A      2417      C   /usr/local/bin/model-server                 17846MiB |
+-----------------------------------------------------------------------------------------+
`;

function table(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}\t${value}\n`)
    .join('');
}

/** `nvidia-smi` that answers what it was asked from the recorded values. */
export function serveNvidiaSmi({ files }: NodeBuild): void {
  files.write('usr/share/rack/nvidia/gpu', table(recordedGpu));
  files.write('usr/share/rack/nvidia/process', table(recordedProcess));
  files.write('usr/share/rack/nvidia/plain', plain);
  files.write(
    'usr/share/rack/nvidia/list',
    `GPU 0: ${recordedGpu.name} (UUID: ${recordedGpu.uuid})\n`,
  );
  files.write('usr/bin/nvidia-smi', scriptText('nvidia-smi.sh'), { mode: 0o755 });
}
