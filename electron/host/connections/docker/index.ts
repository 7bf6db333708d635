export { createDockerClient } from './client.ts';
export { type Dial, dialSocket, dialTcp } from './dial.ts';
export { DockerError } from './errors.ts';
export { type Frame, frames } from './frames.ts';
export type { DockerCall, DockerClient } from './types.ts';
