import type { Agent } from 'node:http';
import type Dockerode from 'dockerode';

/** Where it leads to, the agent says; with a socket the library makes no address of its own. */
const socketPath = '/engine';

type Modem = Dockerode['modem'];

/**
 * dockerode's way to speak HTTP with an engine. It would read DOCKER_HOST and its certificates from the
 * environment, also where it is told everything: another engine than was asked for must never answer.
 */
export async function openModem(agent: Agent, version: string | undefined): Promise<Modem> {
  const { default: Library } = await import('dockerode');
  const { DOCKER_HOST } = process.env;
  delete process.env.DOCKER_HOST;
  try {
    const options = { protocol: 'http', socketPath, agent, ...(version && { version }) } as const;
    return new Library(options).modem as Modem; // the types leave it any
  } finally {
    if (DOCKER_HOST !== undefined) process.env.DOCKER_HOST = DOCKER_HOST;
  }
}
