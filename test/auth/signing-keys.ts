import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { JwtConfig } from '../../src/config/config.js';

/** Somebody who signs tokens, with the public half of the key in a file as the gateway wants it. */
export interface Signer {
  readonly jwt: JwtConfig;
  /** The key set as a server would give it. */
  readonly keySet: string;
  /** The public key as text: what an attacker would use as a shared secret. */
  readonly publicPem: string;
  /** Signs claims as they are; issuer, audience and expiry are good unless `claims` says otherwise. */
  sign(claims: JWTPayload, by?: { key?: CryptoKey; kid?: string }): Promise<string>;
  remove(): void;
}

export async function createSigner(algorithm = 'ES256'): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const keySet = JSON.stringify({
    keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: algorithm, use: 'sig' }],
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'keys-'));
  const jwksFile = path.join(folder, 'jwks.json');
  writeFileSync(jwksFile, keySet);
  return {
    jwt: { issuer: 'https://issuer.test', audience: 'gateway', jwksFile },
    keySet,
    publicPem: await exportSPKI(publicKey),
    sign: (claims, { key = privateKey, kid } = { kid: 'one' }) =>
      new SignJWT({
        iss: 'https://issuer.test',
        aud: 'gateway',
        exp: Math.floor(Date.now() / 1000) + 300,
        ...claims,
      })
        .setProtectedHeader({ alg: algorithm, kid })
        .sign(key),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A token with any header and any claims, signed by nobody. */
export function unsigned(header: object, claims: object, signature = ''): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.${signature}`;
}
