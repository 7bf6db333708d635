import { z } from 'zod';

const bytes = z.number().int().nonnegative();
const some = z.number().nullable();

export const gpuVendor = z.enum(['nvidia', 'amd', 'intel', 'tegra']);

/** Why a card runs slower than it could; NVML's nvmlClocksEventReasons are where they come from. */
export const throttleReason = z.enum([
  'idle',
  'clocks-setting',
  'power-cap',
  'hardware-slowdown',
  'sync-boost',
  'thermal-software',
  'thermal-hardware',
  'power-brake',
  'display-setting',
]);
export type ThrottleReason = z.infer<typeof throttleReason>;

/** How a card hangs on the bus, and how it could; PCIe generations and lanes. */
export const gpuLink = z.object({
  generation: some,
  width: some,
  mostGeneration: some,
  mostWidth: some,
});

/** One card as its vendor's tool told of it; what it does not tell is null. */
export const gpuReading = z.object({
  /** The same as long as the card is in that machine: its UUID, or else vendor and number. */
  key: z.string().min(1).max(120),
  index: z.number().int().nonnegative(),
  vendor: gpuVendor,
  name: z.string().max(200),
  busId: z.string().max(40).nullable(),
  driverVersion: z.string().max(60).nullable(),
  utilizationPercent: some,
  /** Of the memory's bandwidth, not of its size. */
  memoryBusyPercent: some,
  memoryUsedBytes: bytes.nullable(),
  memoryTotalBytes: bytes.nullable(),
  /** It has no memory of its own and takes the machine's (Jetson, GB10, integrated ones). */
  sharesMemory: z.boolean(),
  temperatureC: some,
  powerW: some,
  powerLimitW: some,
  clockMhz: some,
  mostClockMhz: some,
  memoryClockMhz: some,
  fanPercent: some,
  /** Null: it does not tell. */
  throttling: z.array(throttleReason).max(12).nullable(),
  link: gpuLink.nullable(),
  /** Errors of its memory since the driver was loaded; null: it has no ECC, or does not tell. */
  ecc: z.object({ corrected: bytes, uncorrected: bytes }).nullable(),
});
export type GpuReading = z.infer<typeof gpuReading>;

/** Where a process runs, by its cgroup. */
export const gpuContainer = z.object({
  runtime: z.enum(['docker', 'podman', 'kubernetes', 'other']),
  id: z.string().max(100),
  /** As its engine calls it; null where the engine was not asked, or does not know it. */
  name: z.string().max(255).nullable(),
});
export type GpuContainer = z.infer<typeof gpuContainer>;

/** A process that holds memory of a card. */
export const gpuProcess = z.object({
  gpuKey: z.string().max(120),
  pid: z.number().int().positive(),
  name: z.string().max(200),
  memoryBytes: bytes.nullable(),
  container: gpuContainer.nullable(),
  /** What serves the model: `vLLM`, `llama.cpp`; null: not recognised. */
  server: z.string().max(60).nullable(),
  model: z.string().max(300).nullable(),
});
export type GpuProcess = z.infer<typeof gpuProcess>;

/** One look at the cards of a machine. */
export const gpuSample = z.object({
  /** UTC milliseconds. */
  at: z.number().int(),
  gpus: z.array(gpuReading).max(64),
  processes: z.array(gpuProcess).max(500),
  /** What could not be read, each a sentence. */
  troubles: z.array(z.string().max(500)).max(12),
});
export type GpuSample = z.infer<typeof gpuSample>;
