/**
 * The one table of error codes. Every failure that a person may see carries one of these codes, a
 * sentence that says what happened, and a hint that says what to do. `hint` here is the default; the
 * place that throws may say something more exact.
 */
export const errorTable = {
  // SSH: reaching the machine
  SSH_HOST_UNKNOWN: { hint: 'Check the spelling, or use the IP address.' },
  SSH_REFUSED: { hint: 'Check that sshd runs there and listens on this port.' },
  SSH_UNREACHABLE: { hint: 'Check cable, VLAN and routing; then try again.' },
  SSH_TIMEOUT: { hint: 'Check that the machine is on and that no firewall drops the packets.' },
  SSH_NOT_SSH: { hint: 'Something else answers on this port; check the port number.' },
  SSH_CONNECTION_LOST: { hint: 'Check the machine and its network, then try again.' },
  SSH_JUMP_FAILED: { hint: 'Check that the jump host is reachable and may forward connections.' },
  SSH_FORWARD_REFUSED: { hint: 'Check that what is asked for runs there and listens.' },
  SSH_CONFIG_INVALID: { hint: 'Correct the ssh configuration file, or name the host directly.' },
  SSH_CANCELLED: { hint: 'Start it again when you are ready.' },
  // SSH: who is there, and who are we
  SSH_HOST_KEY_UNKNOWN: {
    hint: 'Compare the fingerprint with the one that the machine shows, then accept it.',
  },
  SSH_HOST_KEY_CHANGED: {
    hint: 'If you reinstalled the machine, accept the new key; if not, somebody may be in between.',
  },
  SSH_ANSWER_NEEDED: { hint: 'Refresh this device alone, and answer what it asks.' },
  SSH_AUTH_FAILED: { hint: 'Check the user name, and the key or password.' },
  SSH_PASSPHRASE_WRONG: { hint: 'Type the passphrase of this key file again.' },
  SSH_KEY_UNREADABLE: { hint: 'Check the path and the permissions of the key file.' },
  // SSH: what the machine answers
  SSH_NO_SHELL: { hint: 'Give this user a login shell, or use another user.' },
  SSH_OUTPUT_TOO_LARGE: { hint: 'Check the login profile of this user for endless output.' },
  SSH_OUTPUT_INVALID: {
    hint: 'Check the login profile of this user; it must not replace the shell.',
  },
  // Secrets that are remembered
  SECRETS_NOT_SET_UP: {
    hint: 'Set up the store of secrets in the settings, or type the secret each time.',
  },
  SECRETS_LOCKED: { hint: 'Unlock the store of secrets, then try again.' },
  SECRETS_PASSPHRASE_WRONG: {
    hint: 'Type the passphrase of the store again, or use the recovery key.',
  },
  SECRETS_RECOVERY_WRONG: {
    hint: 'Compare each group with the sheet; O and 0, I, L and 1 are the same.',
  },
  SECRETS_DAMAGED: {
    hint: 'Forget it and store it anew, or restore a copy of the data directory.',
  },
  KEY_STORE_UNAVAILABLE: {
    hint: 'Use a passphrase instead, or sign in to the desktop session that has the key store.',
  },
  KEY_STORE_LOCKED: { hint: 'Unlock the key store of this computer, or use the recovery key.' },
  KEY_STORE_FORGOT: { hint: 'Give the recovery key: then this computer keeps the key again.' },
  // Which machine it is
  OTHER_MACHINE: {
    hint: 'Its address may be another machine’s by now: correct the SSH host of the device, or add the machine that answered.',
  },
  MACHINE_UNCLEAR: { hint: 'Say which device it is, or that it is a new one.' },
  // Root on a machine
  SUDO_MISSING: { hint: 'Install sudo there, or let Rackhelm log in as root.' },
  SUDO_NOT_ALLOWED: {
    hint: 'Add this user to the sudoers of the machine, or log in as another user.',
  },
  SUDO_PASSWORD_WRONG: { hint: 'Check the password, then go on; it was tried once only.' },
  SUDO_NEEDS_TERMINAL: {
    hint: 'Delete requiretty from its sudoers, or let Rackhelm log in as root.',
  },
  SUDO_FAILED: { hint: 'Try sudo on the machine by hand, then go on.' },
  // Files on a machine
  MACHINE_FILE_ODD: { hint: 'Look at what stands there, and put a regular file in its place.' },
  MACHINE_FILE_LOCKED: { hint: 'See `lsattr` there; `chattr -i` lets the file be changed.' },
  MACHINE_READ_ONLY: {
    hint: 'Look why it is read-only (`mount`, `dmesg`): often the disk is damaged.',
  },
  MACHINE_DISK_FULL: { hint: 'Free some space there, then go on; the old file is as it was.' },
  MACHINE_FILE_FAILED: { hint: 'Look at the file and its directory on the machine.' },
  // Jobs on a machine
  MACHINE_BUSY: { hint: 'Wait until the other job has ended, or take the machine over.' },
  NETWORK_PUT_BACK: {
    hint: 'Check addresses, gateway, VLAN and cabling, and that nothing else has the address.',
  },
  LOCK_LOST: { hint: 'Look at what the other job does on this machine before you go on.' },
  MACHINE_NOT_BACK: { hint: 'Look at its screen or its serial console; then go on.' },
  // Changes to a machine
  FIX_NOT_POSSIBLE: { hint: 'Do it there by hand, then go on.' },
  COMMAND_FAILED: { hint: 'Look at what it said in the log, mend that, then go on.' },
  EDIT_REFUSED: { hint: 'The file there was left as it was; look at what its own tool said.' },
  LAST_WAY_IN: { hint: 'See to it that logging in with a key works, then go on.' },
  PACKAGES_LOCKED: { hint: 'Wait until the other package manager there has ended, then go on.' },
  PACKAGES_UNREACHABLE: {
    hint: 'Give the machine a way to its package sources (gateway, DNS, proxy, a mirror), or install them by hand.',
  },
  PACKAGE_UNKNOWN: { hint: 'Add the package source that has it, or install it by hand.' },
  // Jobs
  ANSWER_NEEDED: {
    hint: 'Go on with the job from the window or a terminal, and answer what it asks.',
  },
  JOB_CANCELLED: { hint: 'Go on with it, or undo what was done.' },
  JOB_STATE: { hint: 'Look at how the job stands now, then decide again.' },
  JOB_ELSEWHERE: { hint: 'Wait for it there, or end the other Rackhelm first.' },
  JOB_OTHER_VERSION: { hint: 'Undo what was done or leave it, and plan it anew.' },
  STEP_UNCERTAIN: { hint: 'Look at the evidence and at the machine, then go on or undo.' },
  STEP_NOT_DONE: { hint: 'Look at the log and the evidence, then try again from here or undo.' },
  STEP_NOT_UNDONE: { hint: 'Look at the log and the evidence, and put it right by hand.' },
  CONTACT_LOST: {
    hint: 'Once it can be reached again, go on: it is looked at before anything is done.',
  },
  STEP_UNFINISHED: {
    hint: 'Look what holds it up there, then go on: it is looked at before anything is done.',
  },
  // The API of a cluster: reaching it
  KUBE_UNREACHABLE: {
    hint: 'Check that its server runs, and the address in the kubeconfig; see also cable, VLAN and firewall.',
  },
  KUBE_CERTIFICATE_EXPIRED: {
    hint: 'Check the clocks of both sides first; K3s renews its certificates when it is restarted.',
  },
  KUBE_CERTIFICATE_UNTRUSTED: {
    hint: 'Take a new kubeconfig from the cluster: its certificate authority is another one than in this.',
  },
  KUBE_CERTIFICATE_NAME: {
    hint: 'Use a name or address that its certificate holds (tls-san), or set tls-server-name.',
  },
  KUBE_CANCELLED: { hint: 'Start it again when you are ready.' },
  // What it answers
  KUBE_UNAUTHORIZED: {
    hint: 'Take a new kubeconfig: its certificate or token has expired or is not of this cluster.',
  },
  KUBE_FORBIDDEN: { hint: 'Give this user a role that allows it, or use another context.' },
  KUBE_NOT_FOUND: { hint: 'It may have been deleted meanwhile.' },
  KUBE_CONFLICT: { hint: 'Look at how it stands now, then decide again.' },
  KUBE_GONE: { hint: 'It is read anew.' },
  KUBE_INVALID: { hint: 'Correct what it names, then try again.' },
  KUBE_BUSY: { hint: 'It is asked again in a while.' },
  KUBE_FAILED: { hint: 'Look at the log of its servers; then try again.' },
  KUBE_ANSWER_ODD: {
    hint: 'Check the address in the kubeconfig: something else may answer there, such as a proxy.',
  },
  KUBE_TOO_LARGE: { hint: 'Ask for less at once: one namespace, or one object.' },
  // Signing in to it
  KUBE_CONFIG_INVALID: { hint: 'Correct the kubeconfig, or take a new one from the cluster.' },
  KUBE_COMMAND_NOT_ALLOWED: {
    hint: 'Look at the command that signs in, and allow it if you know it.',
  },
  DRAIN_STOPPED: {
    hint: 'Decide about what stops it, then go on; or undo, which uncordons the node.',
  },
  DRAIN_TIMED_OUT: {
    hint: 'Mend what the pods wait for (a budget, say), then go on; or undo, which uncordons the node.',
  },
  NODE_DOWN: {
    hint: 'Bring the node back and go on. If it is gone for good, delete it: its pods go with it.',
  },
  QUORUM_GUARDED: { hint: 'Bring the other servers back first.' },
  NODE_NOT_BACK: { hint: 'Look at what K3s says in the log; undo puts the version before back.' },
  CLUSTER_UNWELL: {
    hint: 'Look at what it names, mend that, then go on; or undo what was done so far.',
  },
  CLUSTER_BUSY: { hint: 'Wait until the other job is over; one at a time in a cluster.' },
  JOIN_REFUSED: { hint: 'Mend what K3s says in its log, then go on or undo.' },
  OUTSIDE_UNREACHABLE: {
    hint: 'Check the connection of this computer, or use files that were downloaded before.',
  },
  JOIN_TIMED_OUT: { hint: 'Look at the log of this step; then go on, or undo.' },
  KUBE_COMMAND_FAILED: { hint: 'Run the command in a terminal to see what it wants.' },
  // Reaching into pods
  POD_NO_SHELL: {
    hint: 'Add a container to debug this pod: it brings a shell and tools, and sees its processes.',
  },
  POD_TOOL_MISSING: { hint: 'Add a container to debug this pod: it brings tools along.' },
  POD_FILE_FAILED: { hint: 'Look at what stands there, and whether its user may read it.' },
  POD_FILE_DIFFERS: { hint: 'Nothing was kept. Try again once nothing writes to it any more.' },
  LOCAL_FILE_EXISTS: { hint: 'Choose another name, or say that it is to be replaced.' },
  LOCAL_FILE_FAILED: { hint: 'Choose another folder, or make room there.' },
  // Files of machines
  SFTP_MISSING: { hint: 'Its sshd needs the line "Subsystem sftp internal-sftp".' },
  REMOTE_FILE_MISSING: { hint: 'See what is there: rackhelm files list DEVICE:PATH.' },
  REMOTE_FILE_DENIED: { hint: 'Use another user, or another place.' },
  REMOTE_FILE_EXISTS: { hint: 'Choose another name, or say that it is to be replaced.' },
  REMOTE_FILE_FAILED: { hint: 'Make room there, or see whether it is read-only.' },
  PORT_TAKEN: { hint: 'Choose another port, or leave it empty for any that is free.' },
  // The API of a container engine
  DOCKER_UNREACHABLE: {
    hint: 'Check that the engine runs there (`systemctl status docker`), and its address.',
  },
  DOCKER_SOCKET_MISSING: {
    hint: 'Start the engine there, or name its socket if it lies elsewhere.',
  },
  DOCKER_SOCKET_DENIED: {
    hint: 'Add this user to the group of the socket, or use a rootless engine; then log in anew.',
  },
  DOCKER_TOO_OLD: { hint: 'Upgrade the engine there to Docker 20.10 or newer.' },
  DOCKER_TLS_FAILED: {
    hint: 'Compare the certificate authority, the certificate and the key with those of the engine.',
  },
  DOCKER_CONTEXT_INVALID: {
    hint: 'Correct the context with `docker context`, or name the engine.',
  },
  DOCKER_CANCELLED: { hint: 'Start it again when you are ready.' },
  DOCKER_NOT_FOUND: { hint: 'It may have been deleted meanwhile.' },
  DOCKER_CONFLICT: { hint: 'Look at how it stands now, then decide again.' },
  DOCKER_INVALID: { hint: 'Correct what it names, then try again.' },
  DOCKER_FORBIDDEN: { hint: 'The engine or the registry wants a login that is allowed this.' },
  DOCKER_FAILED: { hint: 'Look at the log of the engine; then try again.' },
  DOCKER_ANSWER_ODD: { hint: 'Check the address: something else than an engine may answer there.' },
  DOCKER_TOO_LARGE: { hint: 'Ask for less at once.' },
  DOCKER_BUSY: { hint: 'Close one of the logs, terminals or statistics that are open.' },
  // The data directory
  DATA_IN_USE: { hint: 'Use the window that is open, or another --data directory.' },
  DATA_READ_ONLY: { hint: 'Give yourself write permission, or choose another --data directory.' },
  DATA_DISK_FULL: { hint: 'Free some space; nothing was lost, the last change was not written.' },
  DATA_NEWER: { hint: 'Use the newer Rackhelm that wrote it, or another --data directory.' },
  DATA_NOT_A_DATABASE: { hint: 'Move the file away, or choose another --data directory.' },
  DATA_DAMAGED: { hint: 'Restore the newest good copy; the damaged file is kept beside it.' },
  DATA_MOVED: {
    hint: 'Rackhelm still holds everything that was saved; its window offers to put it back.',
  },
  DATA_MIGRATION_CHANGED: { hint: 'Use the Rackhelm release that wrote this database.' },
  // The inventory
  NOT_FOUND: { hint: 'It may have been deleted; go back to the list.' },
  INVALID_INPUT: { hint: 'Correct the marked field.' },
  DUPLICATE: { hint: 'Choose another name.' },
  UNDO_CONFLICT: { hint: 'Undo the later changes first.' },
  CHANGED_SINCE: { hint: 'Look at how it stands now, then decide again.' },
  NOTHING_TO_UNDO: { hint: 'There is nothing to take back.' },
  FILE_INVALID: { hint: 'Correct the file and import it again.' },
  INTERNAL: { hint: 'Report this, with the steps that led to it.' },
} as const satisfies Record<string, { readonly hint: string }>;

export type ErrorCode = keyof typeof errorTable;

export interface ErrorDetails {
  readonly hint?: string;
  readonly cause?: unknown;
  /** Plain JSON for the face: fingerprints, field names, conflicting rows. Never a secret. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** A failure that a person can act upon. Thrown by the host, carried by RPC, printed by the CLI. */
export class RackhelmError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = 'RackhelmError';
    this.code = code;
    this.hint = details.hint ?? errorTable[code].hint;
    this.data = details.data ?? {};
  }
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorTable, code);
}
