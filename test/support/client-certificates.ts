import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** PEM texts. */
interface Pair {
  readonly cert: string;
  readonly key: string;
}

/** An authority, a server and a client that it signed, made by `openssl`; for servers that want to see a client's certificate. */
export function makeMutualCertificates(): { ca: string; server: Pair; client: Pair } {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-mtls-'));
  const at = (name: string) => join(folder, name);
  const openssl = (...words: string[]) => execFileSync('openssl', words, { stdio: 'pipe' });
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const issue = (name: string, usage: string): Pair => {
    writeFileSync(at(`${name}.ext`), `subjectAltName=IP:127.0.0.1\nextendedKeyUsage=${usage}\n`);
    openssl('req', ...curve, '-subj', `/CN=${name}`, '-keyout', at(`${name}.key`), '-out', at(`${name}.csr`));
    const signing = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '2', '-extfile', at(`${name}.ext`)];
    openssl('x509', '-req', '-in', at(`${name}.csr`), ...signing, '-out', at(`${name}.pem`));
    return { cert: readFileSync(at(`${name}.pem`), 'utf8'), key: readFileSync(at(`${name}.key`), 'utf8') };
  };
  try {
    openssl('req', '-x509', ...curve, '-subj', '/CN=ca', '-days', '2', '-keyout', at('ca.key'), '-out', at('ca.pem'));
    return { ca: readFileSync(at('ca.pem'), 'utf8'), server: issue('server', 'serverAuth'), client: issue('client', 'clientAuth') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
