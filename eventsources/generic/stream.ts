import type { ClientReadableStream } from '@grpc/grpc-js';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { reasonOf } from '../../src/core/errors/from-unknown.ts';
import { lengthDelimited, readFields } from '../../src/core/grpc/wire.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import { inTime } from '../../src/core/time/deadline.ts';

interface Asked {
  readonly url: string;
  readonly insecure: boolean;
  /** Sent as a bearer token. */
  readonly token: string | undefined;
  readonly name: string;
  readonly config: string;
}

/** Milliseconds until the server must be connected. */
const within = 10_000;

/** Argo's contract: `generic.Eventing` answers `{name = 1, config = 2}` with a stream of `{name = 1, payload = 2}`. */
const method = '/generic.Eventing/StartEventSource';

const encode = ({ name, config }: { name: string; config: string }): Buffer =>
  Buffer.concat([lengthDelimited(1, name), lengthDelimited(2, config)]);
const decode = (message: Buffer): Buffer => readFields(message).get(2) ?? Buffer.alloc(0);

/**
 * The payloads that the server sends, one at a time: it is held back while we do not ask for the next. `connected` is called when the
 * server is there. Ends when the signal aborts. Rejects with UNREACHABLE_SENDER when the server is away or ends the stream, and with
 * REMOTE_SENDER when it refuses. The only place that knows the library.
 */
export async function* payloads(
  { url, insecure, token, name, config }: Asked,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
  connected: () => void,
): AsyncGenerator<Buffer> {
  const grpc = await import('@grpc/grpc-js');
  const credentials = insecure ? grpc.credentials.createInsecure() : grpc.credentials.createSsl();
  const client = new grpc.Client(url, credentials, { 'grpc.keepalive_time_ms': 30_000, 'grpc.keepalive_timeout_ms': 10_000 });
  const away = (reason: string, cause?: unknown) => new EngineError('UNREACHABLE_SENDER', { server: url, reason }, { cause });
  const close = () => client.close();
  signal.addEventListener('abort', close);
  let stream: ClientReadableStream<Buffer> | undefined;
  const cancel = () => stream?.cancel();
  signal.addEventListener('abort', cancel);
  try {
    const ready = new Promise<void>((resolve, reject) => {
      client.waitForReady(Number.POSITIVE_INFINITY, (thrown) => (thrown ? reject(thrown) : resolve()));
    });
    await inTime(ready, { within, clock, signal, late: () => away(`it has not answered within ${within / 1000} s`) });
    const metadata = new grpc.Metadata();
    if (token) metadata.set('authorization', `Bearer ${token}`);
    stream = client.makeServerStreamRequest(method, encode, decode, { name, config }, metadata);
    connected();
    for await (const payload of stream as AsyncIterable<Buffer>) yield payload;
    throw away('it has ended the stream');
  } catch (thrown) {
    if (signal.aborted) return;
    if (thrown instanceof EngineError) throw thrown;
    const { code, details } = thrown as { code?: number; details?: string };
    const refusals: (number | undefined)[] = [
      grpc.status.UNAUTHENTICATED,
      grpc.status.PERMISSION_DENIED,
      grpc.status.UNIMPLEMENTED,
      grpc.status.INVALID_ARGUMENT,
    ];
    if (refusals.includes(code))
      throw new EngineError('REMOTE_SENDER', { server: url, reason: details ?? reasonOf(thrown) }, { cause: thrown });
    throw away(details ?? reasonOf(thrown), thrown);
  } finally {
    signal.removeEventListener('abort', close);
    signal.removeEventListener('abort', cancel);
    stream?.cancel();
    client.close();
  }
}
