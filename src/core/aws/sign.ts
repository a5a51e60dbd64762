import type { HttpRequest } from '../http/redirect.ts';

export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface SignFor {
  readonly keys: AwsKeys;
  /** `s3`, `sqs`, `sts`. */
  readonly service: string;
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The request with the headers of AWS's signature, version 4. The only place that knows the library. */
export async function signed(request: HttpRequest, { keys, service, region, now }: SignFor): Promise<HttpRequest> {
  const { AwsV4Signer } = await import('aws4fetch');
  const { method, url, headers, body } = request;
  const datetime = new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, '');
  const signer = new AwsV4Signer({
    method,
    url: url.href,
    headers: { ...headers },
    ...(body === undefined ? {} : { body: body as string }),
    ...keys,
    service,
    region,
    datetime,
  });
  // The library leaves out the second of two equal names for S3; servers do not.
  signer.encodedSearch = canonicalQuery(url.searchParams);
  const { headers: complete } = await signer.sign();
  return { ...request, headers: Object.fromEntries(complete) };
}

function canonicalQuery(query: URLSearchParams): string {
  const encode = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return [...query]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort((a, b) => (a < b ? -1 : 1))
    .join('&');
}
