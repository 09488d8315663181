import { generateKeyPairSync } from 'node:crypto';
import { readSettings, type Environment, type Settings } from '../../src/app/settings.ts';

/** A key of an App, made once: that takes a while. */
export const appKey = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** Valid settings, with the variables that deviate. */
export function someSettings(env: Environment = {}): Settings {
  return readSettings({
    APP_ID: '77',
    PRIVATE_KEY: appKey.privateKey,
    WEBHOOK_SECRET: 'a secret of the webhook',
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'fatal',
    ...env,
  });
}
