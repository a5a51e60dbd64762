/** Buckets and objects of S3, and of servers that speak it too: MinIO, Ceph, R2. */
import { z } from 'zod';
import type { Secrets } from '../access/secrets.ts';
import { secretKeySelector } from '../access/selectors.ts';
import type { TlsOptions } from '../access/tls.ts';
import { error, type Finding } from '../errors/finding.ts';
import type { HttpRequest } from '../http/redirect.ts';
import { type AwsKeys, signed } from './sign.ts';
import { xmlField } from './xml.ts';

/** The fields of Argo's S3 block that the `minio` source and the `s3` artifact share. `checkS3` says which of them must be there. */
export const s3Fields = () => ({
  endpoint: z.string().default('').describe('Host and port of the server, such as `minio.minio:9000` or `s3.amazonaws.com`.'),
  bucket: z
    .strictObject({
      name: z.string().default('').describe('The name of the bucket.'),
      key: z.string().optional().describe('The key of the object in it.'),
    })
    .optional()
    .describe('Which bucket.'),
  region: z.string().optional().describe('The region of the bucket; `us-east-1` when left out.'),
  insecure: z.boolean().optional().describe('Speaks plain HTTP. False when left out.'),
  accessKey: secretKeySelector('The access key').optional(),
  secretKey: secretKeySelector('The secret access key').optional(),
  caCertificate: secretKeySelector('The certificate authority that signed the certificate of the server').optional(),
});

export type S3Spec = z.output<z.ZodObject<ReturnType<typeof s3Fields>>>;

/** What the schema cannot say, in Argo's words and order; paths are relative to the block. */
export function checkS3({ accessKey, secretKey, endpoint, bucket }: S3Spec): Finding[] {
  const missing = (path: string[], problem: string) => [error('CONFIG_MISSING', path, { problem })];
  if (!accessKey) return missing(['accessKey'], "access key can't be empty");
  if (!secretKey) return missing(['secretKey'], "secret key can't be empty");
  if (!endpoint) return missing(['endpoint'], "endpoint url can't be empty");
  if (!bucket?.name) return missing(['bucket'], "bucket name can't be empty");
  if (/^[^/\s]+$/.test(endpoint) && URL.canParse(`https://${endpoint}`)) return [];
  const hint = 'without https:// and without a path; `insecure` chooses plain HTTP';
  return [error('CONFIG_INVALID', ['endpoint'], { problem: `"${endpoint}" is no host and port` }, { hint })];
}

export interface S3Access {
  readonly keys: AwsKeys;
  readonly tls: TlsOptions;
}

/** Reads what the block names. Rejects as `Secrets` does. */
export async function s3Access({ accessKey, secretKey, caCertificate }: S3Spec, secrets: Secrets, signal?: AbortSignal): Promise<S3Access> {
  const [accessKeyId, secretAccessKey] = await Promise.all([secrets.secret(accessKey!, signal), secrets.secret(secretKey!, signal)]);
  const ca = caCertificate && (await secrets.secret(caCertificate, signal));
  return { keys: { accessKeyId, secretAccessKey }, tls: { rejectUnauthorized: true, ...(ca ? { ca } : {}) } };
}

/** A signed GET of the bucket, or of an object in it. The bucket is part of the path, which all servers understand. */
export function s3Get(
  { endpoint, bucket, region, insecure }: S3Spec,
  { keys, now }: { keys: AwsKeys; now: number },
  { key = '', query = new URLSearchParams(), headers = {} }: { key?: string; query?: URLSearchParams; headers?: HttpRequest['headers'] },
): Promise<HttpRequest> {
  const path = [bucket!.name, ...(key === '' ? [] : key.split('/'))].map(encodeURIComponent).join('/');
  const url = new URL(`${insecure ? 'http' : 'https'}://${endpoint}/${path}`);
  url.search = query.toString();
  return signed({ method: 'GET', url, headers }, { keys, service: 's3', region: region || 'us-east-1', now });
}

/** What an error of S3 says: `NoSuchKey: The specified key does not exist.` */
export function s3Problem(status: number, text = ''): string {
  const [code, message] = [xmlField(text, 'Code'), xmlField(text, 'Message')];
  return code ? `${code}: ${message ?? status}` : `the answer was ${status}`;
}
