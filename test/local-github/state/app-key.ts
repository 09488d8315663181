import { generateKeyPairSync } from 'node:crypto';

/** Making a key takes a tenth of a second: the first App of every GitHub of one process has the same. */
const keys: string[] = [];

/** The PEM of the private key of the App that was registered as number so and so, from 0. */
export function appKey(index: number): string {
  return (keys[index] ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    // GitHub's is PKCS #1, "BEGIN RSA PRIVATE KEY"
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  }).privateKey);
}
