import type { SshTarget } from '../../../../shared/model/ssh.ts';

/** `ops@10.0.0.11 port 2222`, for people. */
export function targetText({ host, user, port }: SshTarget): string {
  const at = port === undefined ? host : `${host} port ${port}`;
  return user === undefined ? at : `${user}@${at}`;
}
