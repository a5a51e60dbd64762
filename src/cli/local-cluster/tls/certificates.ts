import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { bits, integer, octets, oid, sequence, set, tagged, taggedBytes, text, time, yes } from './der.ts';

export interface Certificates {
  /** The authority's certificate, PEM: what a client has to trust. */
  readonly ca: string;
  /** The server's certificate and key, PEM. */
  readonly certificate: string;
  readonly key: string;
}

const day = 86_400_000;

/**
 * Makes an authority and a server certificate for loopback, signed by it. Both keys are ECDSA P-256; the authority's key is forgotten at
 * once, so nothing else can ever be signed with it. Written here because Node cannot issue certificates and this takes 2 ms.
 */
export function makeCertificates(now: number): Certificates {
  const authority = keys();
  const server = keys();
  const ca = { name: 'sensorium-local-ca', keys: authority };
  const basic = (isAuthority: boolean) => extension('2.5.29.19', isAuthority ? sequence(yes()) : sequence(), true);
  const authorityCertificate = issue(ca, ca, now, [
    basic(true),
    extension('2.5.29.15', bits(Buffer.from([0b00000110]), 1), true), // signs certificates and revocation lists
    extension('2.5.29.14', octets(keyId(authority))),
  ]);
  const serverCertificate = issue({ name: 'sensorium-local-api', keys: server }, ca, now, [
    basic(false),
    extension('2.5.29.15', bits(Buffer.from([0b10000000]), 7), true), // signs handshakes
    extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))), // as a server
    extension('2.5.29.35', sequence(taggedBytes(0, keyId(authority)))),
    extension(
      '2.5.29.17',
      sequence(
        taggedBytes(2, Buffer.from('localhost')),
        taggedBytes(7, Buffer.from([127, 0, 0, 1])),
        taggedBytes(7, Buffer.concat([Buffer.alloc(15), Buffer.from([1])])),
      ),
    ),
  ]);
  return {
    ca: authorityCertificate,
    certificate: serverCertificate,
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

interface Keys {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

interface Party {
  readonly name: string;
  readonly keys: Keys;
}

function keys(): Keys {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function issue(subject: Party, issuer: Party, now: number, extensions: readonly Buffer[]): string {
  const algorithm = sequence(oid('1.2.840.10045.4.3.2')); // ECDSA with SHA-256
  const body = sequence(
    tagged(0, integer(Buffer.from([2]))), // X.509 version 3
    integer(Buffer.concat([Buffer.from([0x40]), randomBytes(15)])),
    algorithm,
    nameOf(issuer),
    sequence(time(now - day), time(now + 365 * day)),
    nameOf(subject),
    publicKeyOf(subject.keys),
    tagged(3, sequence(...extensions)),
  );
  const certificate = sequence(body, algorithm, bits(sign('sha256', body, issuer.keys.privateKey)));
  const lines = certificate.toString('base64').match(/.{1,64}/g)!;
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function extension(id: string, content: Buffer, critical = false): Buffer {
  return critical ? sequence(oid(id), yes(), octets(content)) : sequence(oid(id), octets(content));
}

function nameOf(party: Party): Buffer {
  return sequence(set(sequence(oid('2.5.4.3'), text(party.name))));
}

function publicKeyOf(keys: Keys): Buffer {
  return keys.publicKey.export({ type: 'spki', format: 'der' });
}

function keyId(keys: Keys): Buffer {
  return createHash('sha1').update(publicKeyOf(keys)).digest();
}
