import { secretsOf } from '../../../src/core/access/secrets.ts';
import { type S3Spec, s3Access, s3Get, s3Problem } from '../../../src/core/aws/s3.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { HttpClient } from '../../../src/core/http/client.ts';
import type { TriggerContext } from '../trigger.ts';
import { type Fetch, largest } from './kept.ts';
import { cannotRead } from './refuse.ts';

/** Milliseconds for everything. */
const within = 20_000;

/** An object in a bucket: its ETag tells whether it has changed. */
export function s3Artifact(spec: S3Spec, { kube, clock, firing: { namespace } }: TriggerContext): Fetch {
  const name = `${spec.bucket?.name}/${spec.bucket?.key} at ${spec.endpoint}`;
  return async (known, signal) => {
    const { keys, tls } = await s3Access(spec, secretsOf(kube, namespace), signal);
    await using client = new HttpClient(tls);
    const headers = known === undefined ? {} : { 'if-none-match': known };
    const request = await s3Get(spec, { keys, now: clock.now() }, { key: spec.bucket?.key ?? '', headers });
    const { status, text = '', header } = await answered(client.send(request, { signal, clock, within, keep: largest + 1 }), name);
    if (status === 304) return 'same';
    if (status !== 200) throw cannotRead(name, s3Problem(status, text), hintFor(header('x-amz-bucket-region')));
    if (Buffer.byteLength(text) > largest) throw cannotRead(name, `it has more than ${largest} bytes`);
    return { mark: header('etag'), text };
  };
}

const hintFor = (region: string | undefined): { hint?: string } => (region ? { hint: `region: ${region}` } : {});

async function answered<T>(answer: Promise<T>, name: string): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    if (cause instanceof EngineError) throw cannotRead(name, cause.message, { cause });
    throw cause;
  }
}
