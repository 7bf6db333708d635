import { readMetadata } from '../metadata.ts';
import { optionalText, part, time } from '../tolerant.ts';

export interface AgentToken {
  /** Its public half. */
  readonly id: string;
  readonly description: string;
  /** UTC milliseconds. */
  readonly createdAt: number | null;
  /** UTC milliseconds; null: it does not end. */
  readonly expiresAt: number | null;
}

const encoded = part({
  metadata: part({ creationTimestamp: time }),
  data: part({ 'token-id': optionalText, description: optionalText, expiration: optionalText }),
});

/** Of a secret that holds a bootstrap token; its secret half is not looked at. Never throws. */
export function readAgentToken(object: unknown): AgentToken {
  const { data, metadata } = encoded.parse(object);
  const ends = Date.parse(decoded(data.expiration));
  return {
    id: decoded(data['token-id']) || readMetadata(object).name,
    description: decoded(data.description),
    createdAt: metadata.creationTimestamp,
    expiresAt: Number.isNaN(ends) ? null : ends,
  };
}

function decoded(text: string | null): string {
  try {
    return text === null ? '' : atob(text).slice(0, 300);
  } catch {
    return '';
  }
}
