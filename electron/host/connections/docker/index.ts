export { createDockerClient } from './client.ts';
export { type Dial, dialSocket, dialTcp } from './dial.ts';
export { DockerError } from './errors.ts';
export type { DockerClient } from './types.ts';
