import { canonicalNetwork } from '../../../../../shared/model/kinds/typed.ts';
import { asName } from '../../../../../shared/model/name.ts';
import type { Lease } from '../../../../../shared/onboarding/finding.ts';

/** What a reader found, in the order of the file; a later lease of an address stands for the earlier. */
export interface ReadLeases {
  readonly leases: readonly Lease[];
  readonly lost: readonly { readonly line: number; readonly why: string }[];
}

/** The parts of a lease as a file wrote them. */
export interface WrittenLease {
  readonly address: string;
  readonly mac?: string | undefined;
  readonly name?: string | undefined;
  /** Seconds since 1970; null: it does not end. */
  readonly expires: number | null;
}

/** The lease, or why it is none. */
export function leaseOf({ address, mac, name, expires }: WrittenLease): Lease | string {
  const canonical = canonicalNetwork('address', address);
  if (canonical === undefined) return 'That is no address.';
  const called = asName((name ?? '').replace(/\.$/, ''));
  const at = expires === null || !Number.isSafeInteger(expires * 1000) ? null : expires * 1000;
  return {
    address: String(canonical),
    mac: macOf(mac),
    name: called === '' || called === '*' ? null : called,
    expiresAt: at,
  };
}

function macOf(text: string | undefined): string | null {
  const canonical = text === undefined ? undefined : canonicalNetwork('mac', text);
  return canonical === undefined ? null : String(canonical);
}

/** Gathers leases: the last one of each address counts, at its first place. */
export class LeaseList {
  readonly #byAddress = new Map<string, Lease>();
  readonly #lost: { line: number; why: string }[] = [];

  add(line: number, written: WrittenLease): void {
    const lease = leaseOf(written);
    if (typeof lease === 'string') this.lose(line, lease);
    else this.#byAddress.set(lease.address, lease);
  }

  /** It was given back. */
  end(address: string): void {
    const canonical = canonicalNetwork('address', address);
    if (canonical !== undefined) this.#byAddress.delete(String(canonical));
  }

  lose(line: number, why: string): void {
    this.#lost.push({ line, why });
  }

  read(): ReadLeases {
    return { leases: [...this.#byAddress.values()], lost: this.#lost };
  }
}
