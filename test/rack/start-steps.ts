/** Where a node has what it starts, in the order of the names; see scripts/init.sh. */
export const startDirectory = 'etc/rack/start.d';

/** Starts the node's sshd and ends once it listens; also to bring it back while the node runs. */
export const sshdStep = `/${startDirectory}/50-sshd`;
