import { z } from 'zod';

/** What the contract did not take, as its schema tells it. */
export const inputIssue = z.object({
  code: z.string().optional(),
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  /** What kind of value it is: `string`, `number`, `int`, `array`. */
  origin: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  inclusive: z.boolean().optional(),
});
export type InputIssue = z.infer<typeof inputIssue>;

/** Fields as the forms call them. */
const labels: Readonly<Record<string, string>> = {
  name: 'The name',
  siteName: 'The site',
  position: 'The lowest unit',
  heightUnits: 'The height',
  hostname: 'The host name',
  serial: 'The serial number',
  cpuModel: 'The processor',
  cpuCores: 'The number of cores',
  memoryBytes: 'The memory',
  os: 'The system',
  sshHost: 'The SSH host',
  sshPort: 'The SSH port',
  sshUser: 'The SSH user',
  sshIdentityFile: 'The key file',
  sshJump: 'The jump hosts',
  host: 'The host',
  port: 'The port',
  user: 'The user',
  identityFile: 'The key file',
  jump: 'The jump hosts',
  comment: 'The comment',
  text: 'The text',
  add: 'A tag',
  remove: 'A tag',
};

/** Each is about one thing, so what it says of a list it says of one of its entries. */
function subject({ path = [] }: InputIssue): string {
  const name = path.findLast((part) => typeof part === 'string');
  return (name !== undefined && labels[name]) || 'One of the values';
}

/** A sentence for a person; schemas speak to programmers: `Too big: expected string to have …`. */
export function inputSentence(issue: InputIssue): string {
  const { code, origin, minimum, maximum } = issue;
  const what = subject(issue);
  const count = (n: number) => n.toLocaleString('en');
  if (origin === 'string' && code === 'too_small') return `${what} must not be empty.`;
  if (origin === 'string' && code === 'too_big' && maximum !== undefined) {
    return `${what} may have ${count(maximum)} characters at most.`;
  }
  if (code === 'too_big') {
    const far = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER;
    return far ? `${what} is too large.` : `${what} may be ${count(maximum)} at most.`;
  }
  if (code === 'too_small' && minimum !== undefined) {
    const least = issue.inclusive === false ? 'more than' : 'at least';
    return `${what} must be ${least} ${count(minimum)}.`;
  }
  // A rule of ours brings its own sentence.
  if (code === 'custom' && issue.message) return issue.message;
  return `${what} cannot be taken as it is.`;
}
