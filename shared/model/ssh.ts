import { z } from 'zod';

/** Where a machine is and how to log in. `undefined` means: as `~/.ssh/config` or the default says. */
export const sshTarget = z.object({
  /** Host name, address, or a `Host` alias of the ssh configuration. */
  host: z.string().trim().min(1).max(255),
  port: z.number().int().min(1).max(65535).optional(),
  user: z.string().trim().min(1).max(255).optional(),
  /** Path of a private key file on this computer. */
  identityFile: z.string().trim().min(1).max(4_096).optional(),
  /** Jump hosts from first to last, each `[user@]host[:port]` or an alias. */
  jump: z.array(z.string().trim().min(1).max(400)).max(16).optional(),
});
export type SshTarget = z.infer<typeof sshTarget>;

export const hostKeyFacts = z.object({
  /** `host` or `[host]:port`, as known_hosts writes it. */
  host: z.string(),
  type: z.string(),
  /** `SHA256:…`, base64 without padding, as OpenSSH prints it. */
  sha256: z.string(),
  /** `MD5:aa:bb:…`, the older form that switches and BMCs print. */
  md5: z.string(),
});
export type HostKeyFacts = z.infer<typeof hostKeyFacts>;

/** Of the machine that asks, after the ssh configuration; what a remembered answer belongs to. */
const asker = {
  user: z.string(),
  /** For people: with the port where it is not the usual one. */
  host: z.string(),
  address: z.string(),
  port: z.number().int(),
  /** `user@host:port` of the jump hosts, first to last. */
  through: z.array(z.string()),
  /** Counts from 1, of prompts those alike; a later one means that the one before was not accepted. */
  attempt: z.number().int(),
};

/** What a connection may ask the person. An answer is held in memory, unless it shall be remembered. */
export const sshQuestion = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unknown-host-key'), key: hostKeyFacts }),
  z.object({
    kind: z.literal('changed-host-key'),
    key: hostKeyFacts,
    /** Every key on record for that host, and where each stands. */
    known: z.array(hostKeyFacts.extend({ source: z.string(), seenAt: z.number().nullable() })),
  }),
  z.object({ kind: z.literal('password'), ...asker }),
  z.object({
    kind: z.literal('passphrase'),
    keyFile: z.string(),
    /** `SHA256:…` of its public half; null where only the passphrase shows it. */
    fingerprint: z.string().nullable(),
    attempt: z.number().int(),
  }),
  z.object({
    kind: z.literal('keyboard-interactive'),
    ...asker,
    name: z.string(),
    instructions: z.string(),
    prompts: z.array(z.object({ prompt: z.string(), echo: z.boolean() })),
  }),
]);
export type SshQuestion = z.infer<typeof sshQuestion>;

export const sshAnswer = z.discriminatedUnion('kind', [
  /** Accept the key that was asked about (and record it), or refuse. */
  z.object({ kind: z.literal('host-key'), accept: z.boolean() }),
  z.object({
    kind: z.literal('secret'),
    secret: z.string().max(4096),
    /** Keep it in the store of secrets once it has worked. */
    remember: z.boolean().optional(),
  }),
  /** Use what is remembered: the store was unlocked meanwhile. */
  z.object({ kind: z.literal('stored') }),
  z.object({ kind: z.literal('responses'), responses: z.array(z.string().max(4096)).max(100) }),
  z.object({ kind: z.literal('cancel') }),
]);
export type SshAnswer = z.infer<typeof sshAnswer>;
