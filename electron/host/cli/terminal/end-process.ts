/**
 * Ends the process once everything that was printed has left it. `process.exit` alone would cut what
 * a pipe has not taken yet.
 */
export async function endProcess(exitCode: number): Promise<never> {
  await Promise.all([drained(process.stdout), drained(process.stderr)]);
  process.exit(exitCode);
}

/** Also when nobody reads any more, as in `rackhelm devices | head`. */
function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.once('error', () => resolve());
    stream.write('', () => resolve());
  });
}

/**
 * A reader that left early is no fault of the command: it ends quietly, as other tools do. Where the
 * output cannot be written otherwise (a full disk), it fails.
 */
export function endWhenReaderLeaves(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    process.stderr.write(`The output could not be written (${error.code ?? error.message}).\n`);
    process.exit(1);
  });
}
