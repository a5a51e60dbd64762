import { isHmac } from '../../src/core/access/same.ts';
import { type Call, headerOf, Refusal } from '../../src/core/http/call.ts';

/** Refuses (400) a body without the signature `ALGORITHM=HEX` that GitHub and both Bitbuckets send, in the words of GitHub's library. */
export function checkHubSignature({ headers }: Call, body: Uint8Array, secret: string): void {
  const sent = headerOf(headers, 'X-Hub-Signature-256') ?? headerOf(headers, 'X-Hub-Signature');
  if (!sent) throw new Refusal(400, 'missing signature');
  const [, algorithm, hex] = /^(sha1|sha256)=([\da-f]+)$/i.exec(sent) ?? [];
  if (!hex) throw new Refusal(400, 'the signature cannot be read');
  if (!isHmac(algorithm!.toLowerCase() as 'sha1' | 'sha256', secret, [body], hex)) throw new Refusal(400, 'payload signature check failed');
}
