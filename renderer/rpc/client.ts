import { type ClientLink, createORPCClient, DynamicLink } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../shared/contract/index.ts';
import { LinkDownError } from './failure.ts';

export type Client = ContractRouterClient<Contract>;
export type Link = ClientLink<Record<never, never>>;

/**
 * One client for the life of the window. The link below it is replaced whenever the connection is
 * made anew, so stores keep their client and never see a socket.
 */
export function createClient(currentLink: () => Link | null): Client {
  return createORPCClient<Client>(
    new DynamicLink(() => {
      const link = currentLink();
      if (link === null) throw new LinkDownError();
      return link;
    }),
  );
}
