import { KubeError } from '../../connections/kubernetes/index.ts';

/**
 * What an eviction that was refused comes to. `gone`: there is nothing to evict any more; `again`: after a
 * while; `unclear`: nobody knows what became of it; `failed`: asking again does not help.
 */
export type Refusal = 'gone' | 'again' | 'unclear' | 'failed';

export function isSeveralBudgets(error: unknown): boolean {
  return error instanceof KubeError && /more than one PodDisruptionBudget/i.test(error.message);
}

/** As kubectl has it, and where the API itself is away for a while, with patience. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof KubeError)) return 'failed';
  switch (error.code) {
    case 'KUBE_NOT_FOUND':
      return 'gone';
    // Another pod of this name, or the budget changed at that moment.
    case 'KUBE_CONFLICT':
      return 'unclear';
    case 'KUBE_BUSY':
      return 'again';
    case 'KUBE_UNREACHABLE':
      return 'unclear';
    case 'KUBE_FAILED':
      return isSeveralBudgets(error) ? 'failed' : 'unclear';
    case 'KUBE_FORBIDDEN':
      return error.causes.some(({ reason }) => reason === 'NamespaceTerminating')
        ? 'again'
        : 'failed';
    default:
      return 'failed';
  }
}

/** Which budget, where the API says; else all that it says. */
export function refusalText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!(error instanceof KubeError)) return error.message;
  const budget = error.causes.find(({ reason }) => reason === 'DisruptionBudget');
  return (budget?.message || error.message).replace(/\.$/, '');
}
