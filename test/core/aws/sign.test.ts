import { expect, test } from 'vitest';
import { s3Get, s3Problem } from '../../../src/core/aws/s3.ts';
import { signed } from '../../../src/core/aws/sign.ts';

/** The keys and the time of AWS's own examples. */
const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const now = Date.parse('2013-05-24T00:00:00Z');

test('a listing of a bucket is signed as in AWS’s documentation', async () => {
  const url = new URL('https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J');
  const headers = { 'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' };
  const request = await signed({ method: 'GET', url, headers }, { keys, service: 's3', region: 'us-east-1', now });

  expect(request.headers['authorization']).toBe(
    'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, ' +
      'SignedHeaders=host;x-amz-content-sha256;x-amz-date, ' +
      'Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  );
});

test('names that stand twice in a query both count', async () => {
  const spec = { endpoint: 'minio:9000', bucket: { name: 'b' }, insecure: true };
  const signature = async (query: string) => {
    const request = await s3Get(spec, { keys, now }, { query: new URLSearchParams(query) });
    return request.headers['authorization'];
  };

  expect(await signature('events=a&events=b')).toBe(await signature('events=b&events=a'));
  expect(await signature('events=a&events=b')).not.toBe(await signature('events=a'));
});

test('the key of an object is a path, whatever is in it', async () => {
  const { url } = await s3Get({ endpoint: 'minio:9000', bucket: { name: 'b' } }, { keys, now }, { key: 'a folder/x?y#z.yaml' });

  expect(url.href).toBe('https://minio:9000/b/a%20folder/x%3Fy%23z.yaml');
});

test('an error of S3 is told in its words', () => {
  expect(s3Problem(404, '<Error><Code>NoSuchKey</Code><Message>It isn&#39;t &lt;there&gt;.</Message></Error>')).toBe(
    "NoSuchKey: It isn't <there>.",
  );
  expect(s3Problem(502, '')).toBe('the answer was 502');
});
