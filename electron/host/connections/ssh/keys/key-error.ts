/** A key that cannot be used, in words that go on after "The key file PATH". */
export class UnusableKey extends Error {
  override readonly name = 'UnusableKey';
  readonly hint: string | undefined;

  constructor(what: string, hint?: string, cause?: unknown) {
    super(what, { cause });
    this.hint = hint;
  }
}
