import type { ClientReadableStream } from '@grpc/grpc-js';
import { EngineError } from '../errors/engine-error.ts';
import { reasonOf } from '../errors/from-unknown.ts';
import type { Clock } from '../time/clock.ts';
import { inTime } from '../time/deadline.ts';

interface Asked {
  /** `host:port`. */
  readonly target: string;
  /** False to trust the authorities of the system. */
  readonly insecure: boolean;
  /** As in `/package.Service/Method`. */
  readonly path: string;
  readonly message: Buffer;
  readonly metadata: Readonly<Record<string, string>>;
  /** Called when the server is there and has been asked. */
  connected(): void;
}

/** Milliseconds until the server must be connected. */
const within = 10_000;

/**
 * The messages with which a server answers one question, as bytes, one at a time: it is held back while we do not ask for the next. Ends
 * when the signal aborts. Rejects with UNREACHABLE_SENDER when the server is away or ends the stream, and with REMOTE_SENDER when it refuses.
 */
export async function* answers(
  { target, insecure, path, message, metadata, connected }: Asked,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): AsyncGenerator<Buffer> {
  const grpc = await import('@grpc/grpc-js');
  const credentials = insecure ? grpc.credentials.createInsecure() : grpc.credentials.createSsl();
  const client = new grpc.Client(target, credentials, { 'grpc.keepalive_time_ms': 30_000, 'grpc.keepalive_timeout_ms': 10_000 });
  let stream: ClientReadableStream<Buffer> | undefined;
  const stop = (): void => {
    stream?.cancel();
    client.close();
  };
  signal.addEventListener('abort', stop);
  const away = (reason: string, cause?: unknown) => new EngineError('UNREACHABLE_SENDER', { server: target, reason }, { cause });
  const refusals = [grpc.status.UNAUTHENTICATED, grpc.status.PERMISSION_DENIED, grpc.status.UNIMPLEMENTED, grpc.status.INVALID_ARGUMENT];
  try {
    const ready = new Promise<void>((resolve, reject) => {
      client.waitForReady(Number.POSITIVE_INFINITY, (thrown) => (thrown ? reject(thrown) : resolve()));
    });
    await inTime(ready, { within, clock, signal, late: () => away(`it has not answered within ${within / 1000} s`) });
    const marks = new grpc.Metadata();
    for (const [name, value] of Object.entries(metadata)) marks.set(name, value);
    const same = (bytes: Buffer): Buffer => bytes;
    stream = client.makeServerStreamRequest(path, same, same, message, marks);
    connected();
    yield* stream as AsyncIterable<Buffer>;
    throw away('it has ended the stream');
  } catch (thrown) {
    if (signal.aborted) return;
    if (thrown instanceof EngineError) throw thrown;
    const { code, details } = thrown as { code?: number; details?: string };
    const reason = details ?? reasonOf(thrown);
    if (!refusals.some((status) => status === code)) throw away(reason, thrown);
    throw new EngineError('REMOTE_SENDER', { server: target, reason }, { cause: thrown });
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}
