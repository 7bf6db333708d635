import { type AgentKey, listAgentKeys, signWithAgent } from './agent.ts';
import type { Identity, IdentityContext } from './identity.ts';
import { isCertificateType, isSecurityKeyType, plainType } from './keys/public-key.ts';

const usable = /^(?:ssh-rsa|ssh-ed25519|ecdsa-sha2-nistp\d+|sk-[\w-]+@openssh\.com)$/;

/** The keys and certificates of an agent, which may first have to be unlocked by a person. */
export async function agentIdentities(
  socketPath: string | null,
  context: IdentityContext,
): Promise<Identity[]> {
  if (socketPath === null) return [];
  try {
    const keys = await context.elsewhere('your ssh agent to answer', (signal) =>
      listAgentKeys(socketPath, signal),
    );
    return keys
      .filter(({ publicKey }) => usable.test(plainType(publicKey.type)))
      .map((key) => agentIdentity(socketPath, key, context));
  } catch (error) {
    if (context.signal.aborted) throw error;
    context.note(`The ssh agent is passed over: ${describe(error)}`);
    return [];
  }
}

function agentIdentity(
  socketPath: string,
  { publicKey, comment }: AgentKey,
  context: IdentityContext,
): Identity {
  const kind = isCertificateType(publicKey.type) ? 'certificate' : 'key';
  const label = comment ? `${comment} (agent)` : `a ${kind} of the ssh agent`;
  const waitingFor = isSecurityKeyType(publicKey.type)
    ? `a touch of your security key (${label})`
    : 'your agent to confirm';
  return {
    label,
    publicKey: async () => publicKey,
    async sign(data, algorithm) {
      try {
        return await context.elsewhere(waitingFor, (signal) =>
          signWithAgent(socketPath, { key: publicKey, data, algorithm }, signal),
        );
      } catch (error) {
        if (!context.signal.aborted)
          context.note(`The ssh agent did not sign with ${label}: ${describe(error)}`);
        throw error;
      }
    },
  };
}

function describe(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.endsWith('.') ? text : `${text}.`;
}
