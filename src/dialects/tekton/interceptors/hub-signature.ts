import { isHmac } from '../../../core/access/same.ts';
import type { Finding } from '../../../core/errors/finding.ts';
import { stops, unmet } from './answer.ts';
import type { Answer, InterceptorContext, InterceptorRequest } from './interceptor.ts';
import { checkKey, type SecretRef, secretOf, warnOfKey } from './secret-ref.ts';

interface HubSignatureSpec {
  /** The header that has it: `ALGORITHM=HEX` over the bytes of the body. */
  readonly header: string;
  readonly secretRef: SecretRef | undefined;
  /** SHA-1 is broken, and only taken from those who can nothing else. */
  readonly allowSha1: boolean;
  /** The code where there is no header at all. */
  readonly absent: number;
}

/** The check of the signature that GitHub and Bitbucket send, in two steps. */
interface HubSignature {
  readonly findings: readonly Finding[];
  /** Stops what no secret can make right. */
  before(request: InterceptorRequest): Answer | undefined;
  /** Stops what is signed with another secret, or not at all. Rejects as `Secrets` does. */
  check(request: InterceptorRequest, context: InterceptorContext): Promise<Answer | undefined>;
}

export function hubSignature({ header, secretRef, allowSha1, absent }: HubSignatureSpec): HubSignature {
  return {
    findings: warnOfKey(secretRef, 'secretRef'),
    before({ call }) {
      if (!secretRef) return undefined;
      const keyless = checkKey(secretRef, 'secretRef');
      if (keyless) return keyless;
      const sent = call.header[header]?.[0];
      if (!sent) return stops(absent, `there is no header ${header}, so nobody knows who has sent this`);
      const parts = partsOf(sent);
      if (!parts) return unmet(`the signature in ${header} is \`${sent.slice(0, 20)}\`, and not sha256= with hexadecimal digits`);
      if (parts.algorithm === 'sha1' && !allowSha1)
        return unmet(`the signature in ${header} is made with SHA-1, which can be forged; \`allowSha1: true\` takes it all the same`);
      return undefined;
    },
    async check(request, context) {
      if (!secretRef) return undefined;
      const { algorithm, hex } = partsOf(request.call.header[header]![0]!)!;
      if (isHmac(algorithm, await secretOf(secretRef, request, context), [request.call.signed], hex)) return undefined;
      return unmet(
        `the signature in ${header} is not that of this body with the secret ${secretRef.secretName}.${secretRef.secretKey}: one of the two is another`,
      );
    },
  };
}

function partsOf(signature: string) {
  const [, algorithm, hex] = /^(sha1|sha256|sha512)=((?:[\da-fA-F]{2})*)$/.exec(signature) ?? [];
  return hex === undefined ? undefined : { algorithm: algorithm as 'sha1' | 'sha256' | 'sha512', hex };
}
