import type { KeyStorage } from './key-storage.ts';

/** For tests: Electron's safeStorage as its types describe it. */
export class FakeKeyStorage implements KeyStorage {
  backend: ReturnType<KeyStorage['getSelectedStorageBackend']> = 'gnome_libsecret';
  available = true;
  /** What it encrypts with; another one does not open what this one made. */
  password = 'of this computer';

  getSelectedStorageBackend() {
    return this.backend;
  }

  async isAsyncEncryptionAvailable(): Promise<boolean> {
    return this.available;
  }

  async encryptStringAsync(text: string): Promise<Buffer> {
    return Buffer.from(JSON.stringify({ password: this.password, text }));
  }

  async decryptStringAsync(encrypted: Buffer) {
    const { password, text } = JSON.parse(encrypted.toString());
    if (password !== this.password) throw new Error('Error while decrypting the ciphertext.');
    return { result: String(text), shouldReEncrypt: false };
  }
}
