import { describe, expect, it } from 'vitest';
import { gpuSample } from '../../../shared/gpus/gpu-reading.ts';
import { readSample } from './read-sample.ts';
import { parts, processes, recorded } from './recorded.ts';

const gibibyte = 1024 ** 3;
const sampleOf = (told: Parameters<typeof parts>[0]) =>
  gpuSample.parse(readSample(parts(told), 1_000));

describe('cards of NVIDIA', () => {
  it('are read from the table of an RTX 3090 under load', () => {
    const { gpus, troubles } = sampleOf({ nvidia: recorded.rtx3090 });
    expect(troubles).toEqual([]);
    expect(gpus).toEqual([
      {
        key: 'GPU-5f2b1c1e-7d0c-4f35-9a57-2f1f8a40c2d1',
        index: 0,
        vendor: 'nvidia',
        name: 'NVIDIA GeForce RTX 3090',
        busId: '00000000:01:00.0',
        driverVersion: '550.54.14',
        utilizationPercent: 87,
        memoryBusyPercent: 61,
        memoryUsedBytes: 20 * gibibyte,
        memoryTotalBytes: 24 * gibibyte,
        sharesMemory: false,
        temperatureC: 74,
        powerW: 331.25,
        powerLimitW: 350,
        clockMhz: 1695,
        mostClockMhz: 2100,
        memoryClockMhz: 9501,
        fanPercent: 63,
        throttling: ['power-cap'],
        link: { generation: 4, width: 16, mostGeneration: 4, mostWidth: 16 },
        ecc: null,
      },
    ]);
  });

  it('are read from two cards, of which one counts errors of its memory', () => {
    const { gpus } = sampleOf({ nvidia: recorded.two });
    expect(gpus.map(({ ecc, throttling }) => ({ ecc, throttling }))).toEqual([
      { ecc: { corrected: 12, uncorrected: 1 }, throttling: ['idle'] },
      { ecc: { corrected: 0, uncorrected: 0 }, throttling: ['power-cap', 'thermal-software'] },
    ]);
  });

  it('of a laptop tell no power limit, and that is no limit of zero', () => {
    expect(sampleOf({ nvidia: recorded.laptop }).gpus[0]).toMatchObject({
      powerLimitW: null,
      memoryTotalBytes: 8_188 * 1024 ** 2,
      powerW: 1.52,
    });
  });

  it('without memory of their own have what the machine has', () => {
    const memory = 'MemTotal:       125829120 kB\nMemAvailable:    62914560 kB\n';
    expect(sampleOf({ nvidia: recorded.gb10, memory }).gpus[0]).toMatchObject({
      sharesMemory: true,
      memoryTotalBytes: 120 * gibibyte,
      memoryUsedBytes: 60 * gibibyte,
      throttling: [],
    });
  });

  it('are asked in the words of older drivers where those of today are refused', () => {
    const refused = { end: 1, text: recorded.oldField };
    const { gpus, troubles } = sampleOf({ nvidia: refused, 'nvidia-older': recorded.rtx3090 });
    expect(gpus).toHaveLength(1);
    expect(troubles).toEqual([]);
  });

  it('that fell off the bus are told of, whether the driver says so or hangs', () => {
    const said = sampleOf({ nvidia: { end: 15, text: recorded.lost } });
    expect(said.troubles.join()).toMatch(/fallen off the bus/);
    const hung = sampleOf({ nvidia: { end: 'late', text: '' } });
    expect(hung.gpus).toEqual([]);
    expect(hung.troubles.join()).toMatch(/nvidia-smi does not come back/);
  });

  it('behind a driver that was updated while it ran are told of as that', () => {
    const { troubles } = sampleOf({ nvidia: { end: 18, text: recorded.mismatch } });
    expect(troubles.join()).toMatch(/Restart the machine/);
  });

  it('with names that would turn the line around are made harmless', () => {
    const { gpus } = sampleOf({
      nvidia: recorded.rtx3090.replace('NVIDIA GeForce', '\u202eNVIDIA\u001b[2J'),
    });
    expect(gpus[0]?.name).toBe('NVIDIA RTX 3090');
  });
});

describe('processes', () => {
  it('are told with their container and their model, and never with what their arguments hold', () => {
    const sample = sampleOf({ nvidia: recorded.rtx3090, 'nvidia-processes': processes });
    expect(sample.processes).toEqual([
      expect.objectContaining({
        pid: 4711,
        name: 'python3',
        memoryBytes: 16 * gibibyte,
        container: { runtime: 'docker', id: 'a'.repeat(64), name: null },
        server: 'vLLM',
        model: 'Qwen/Qwen2.5-14B-Instruct-AWQ',
      }),
      expect.objectContaining({
        pid: 4812,
        container: { runtime: 'kubernetes', id: 'b'.repeat(64), name: null },
        server: 'llama.cpp',
        model: 'mistral-7b.Q4_K_M.gguf',
      }),
      expect.objectContaining({ pid: 901, name: 'Xorg', memoryBytes: null, container: null }),
    ]);
    expect(JSON.stringify(sample)).not.toContain('secret');
  });

  it('cannot pass for another by what they say of themselves', () => {
    const forged = processes.replace(
      '4711 comm python3',
      '4711 argument x 4812 cgroup 0::/system.slice/docker-'.concat('c'.repeat(64), '.scope'),
    );
    const { processes: all } = sampleOf({ nvidia: recorded.rtx3090, 'nvidia-processes': forged });
    expect(all.find(({ pid }) => pid === 4812)?.container?.id).toBe('b'.repeat(64));
  });
});

describe('cards of others', () => {
  it('of AMD are read from rocm-smi', () => {
    const json = JSON.stringify({
      card0: {
        'Unique ID': '0x6f2b1c1e7d0c4f35',
        'Card series': 'Radeon RX 7900 XTX',
        'PCI Bus': '0000:03:00.0',
        'GPU use (%)': '42',
        'VRAM Total Memory (B)': String(24 * gibibyte),
        'VRAM Total Used Memory (B)': String(6 * gibibyte),
        'Temperature (Sensor edge) (C)': '55.0',
        'Average Graphics Package Power (W)': '212.0',
        'Max Graphics Package Power (W)': '303.0',
        'sclk clock speed:': '(2304Mhz)',
        'Fan speed (%)': '31',
      },
      system: { 'Driver version': '6.7.0' },
    });
    const { gpus } = sampleOf({
      'rocm-smi': `WARNING: AMD GPU device(s) is/are in a low-power state.\n${json}\n`,
    });
    expect(gpus).toMatchObject([
      {
        key: 'amd:0x6f2b1c1e7d0c4f35',
        name: 'Radeon RX 7900 XTX',
        utilizationPercent: 42,
        memoryUsedBytes: 6 * gibibyte,
        temperatureC: 55,
        powerW: 212,
        powerLimitW: 303,
        clockMhz: 2304,
      },
    ]);
  });

  it('of AMD without its tool are told by the kernel', () => {
    const cards = '0x1002,0000:0a:00.0,7,1073741824,17163091968\n0x8086,0000:00:02.0,,,\n';
    expect(sampleOf({ cards }).gpus).toMatchObject([
      { key: 'amd:0000:0a:00.0', utilizationPercent: 7, memoryUsedBytes: gibibyte },
    ]);
  });

  it('of a Jetson are read from tegrastats', () => {
    const line =
      '11-30-2026 10:00:00 RAM 2448/7772MB (lfb 4x4MB) SWAP 0/3886MB CPU [4%@729,off] EMC_FREQ 0% GR3D_FREQ 45%@[621] GPU@41.5C VDD_IN 4512mW/4512mW\n';
    expect(sampleOf({ tegrastats: line }).gpus).toMatchObject([
      {
        vendor: 'tegra',
        sharesMemory: true,
        utilizationPercent: 45,
        temperatureC: 41.5,
        powerW: 4.512,
      },
    ]);
  });

  it('of Intel are read from the last whole object of an array without an end', () => {
    const one = (busy: number) =>
      JSON.stringify({
        frequency: { requested: 1200, actual: 1150.2, unit: 'MHz' },
        power: { GPU: 4.5, Package: 21, unit: 'W' },
        engines: { 'Render/3D/0': { busy, unit: '%' }, 'Video/0': { busy: 3, unit: '%' } },
      });
    expect(
      sampleOf({ intel_gpu_top: `[\n${one(10)},\n${one(37.25)},\n{"period": {` }).gpus,
    ).toMatchObject([{ vendor: 'intel', utilizationPercent: 37.3, clockMhz: 1150.2, powerW: 4.5 }]);
  });

  it('whose tool may not be asked say so', () => {
    const { troubles } = sampleOf({
      intel_gpu_top: { end: 1, text: 'Failed to initialize PMU! (Permission denied)\n' },
    });
    expect(troubles).toEqual([
      'This user may not ask intel_gpu_top (it wants root, or a group of its own).',
    ]);
  });
});

it('what is no answer at all costs nothing but a sentence', () => {
  for (const text of ['', '\u0000'.repeat(100), '{"card0":[1]}', '[{', 'GPU 0: '.repeat(10_000)])
    for (const label of [
      'nvidia',
      'rocm-smi',
      'tegrastats',
      'intel_gpu_top',
      'nvidia-processes',
      'cards',
    ])
      expect(sampleOf({ [label]: text }).gpus).toEqual([]);
});
