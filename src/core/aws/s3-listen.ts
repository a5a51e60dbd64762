import { EngineError } from '../errors/engine-error.ts';
import { reasonOf } from '../errors/from-unknown.ts';
import { LineSplitter } from '../kube/lines.ts';
import type { Clock } from '../time/clock.ts';
import { type S3Access, type S3Spec, s3Get, s3Problem } from './s3.ts';

/** The server is asked to send an empty line of events after so many seconds. */
const ping = '5';

/** Milliseconds after which a server that says nothing is not there any more. */
const silence = 60_000;

/** An event has a few kB. */
const longestLine = 1024 * 1024;

interface Wanted {
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

/**
 * MinIO's stream of what happens in a bucket, line by line as JSON; the first yield, without lines, says that the server listens. Ends
 * when the signal aborts. Rejects with UNREACHABLE_SENDER when the connection breaks or the server is silent for a minute, and with
 * REMOTE_SENDER when it refuses.
 */
export async function* s3Listen(
  spec: S3Spec,
  { keys, tls }: S3Access,
  { events, prefix, suffix }: Wanted,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): AsyncGenerator<string[]> {
  const server = `bucket ${spec.bucket?.name} at ${spec.endpoint}`;
  const away = (reason: string, cause?: unknown) => new EngineError('UNREACHABLE_SENDER', { server, reason }, { cause });
  const query = new URLSearchParams({ prefix, suffix, ping });
  for (const event of events) query.append('events', event);
  const { url, headers } = await s3Get(spec, { keys, now: clock.now() }, { query });
  const { Agent } = await import('../http/undici.ts');
  const agent = new Agent({ connect: { ...tls, timeout: 10_000 }, headersTimeout: silence, bodyTimeout: silence });
  try {
    const path = url.pathname + url.search;
    const answer = await agent.request({ origin: url.origin, path, method: 'GET', headers: { ...headers }, signal });
    if (answer.statusCode !== 200) {
      const reason = s3Problem(answer.statusCode, await answer.body.text());
      throw new EngineError('REMOTE_SENDER', { server, reason });
    }
    yield [];
    const lines = new LineSplitter();
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      const complete = lines.push(chunk).filter((line) => line.trim() !== '');
      if (lines.pending > longestLine) throw away('it has sent a line of more than 1 MiB');
      if (complete.length > 0) yield complete;
    }
    throw away('it has ended the stream');
  } catch (thrown) {
    if (signal.aborted) return;
    throw thrown instanceof EngineError ? thrown : away(reasonOf(thrown), thrown);
  } finally {
    await agent.destroy();
  }
}
