import type { ContainerSpec } from './container-spec.ts';

/** A compose file for it, as an object; what is secret stays a name that compose reads from its environment. */
export function toCompose(spec: ContainerSpec): Record<string, unknown> {
  const { gpus } = spec;
  const which = typeof gpus === 'number' ? { count: gpus } : { device_ids: [...gpus] };
  const secrets = spec.secrets.map((name) => [name, `\${${name}:-}`]);
  const plain = Object.entries(spec.environment).map(([name, value]) => [name, literal(value)]);
  const environment = Object.fromEntries([...plain, ...secrets]);
  return {
    services: {
      [spec.name]: {
        image: spec.image,
        ...(spec.arguments.length > 0 ? { command: spec.arguments.map(literal) } : {}),
        ...(Object.keys(environment).length > 0 ? { environment } : {}),
        // On this machine only: most of these servers ask for no key, and Docker's ports pass the firewall.
        ports: [`127.0.0.1:${spec.port.outside}:${spec.port.inside}`],
        volumes: spec.volumes.map(({ name, path }) => `${name}:${path}`),
        ...(spec.sharedMemoryBytes === null ? {} : { shm_size: spec.sharedMemoryBytes }),
        restart: 'unless-stopped',
        ...(gpus === 0
          ? {}
          : {
              deploy: {
                resources: {
                  reservations: {
                    devices: [{ driver: 'nvidia', ...which, capabilities: ['gpu'] }],
                  },
                },
              },
            }),
      },
    },
    volumes: Object.fromEntries(spec.volumes.map(({ name }) => [name, {}])),
  };
}

/** Compose replaces what begins with a dollar. */
const literal = (text: string) => text.replaceAll('$', '$$$$');
