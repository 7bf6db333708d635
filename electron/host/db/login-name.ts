import { userInfo } from 'node:os';

/** Who is at this computer, as history, jobs and checks name them. */
export function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user without an entry in the password file, as in some containers.
    return process.env.USER ?? process.env.USERNAME ?? 'unknown';
  }
}
