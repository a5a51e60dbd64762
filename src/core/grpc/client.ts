import type { Client, ServiceError } from '@grpc/grpc-js';
import type { Code, Retry } from '../errors/codes.ts';
import { EngineError } from '../errors/engine-error.ts';
import type { Clock } from '../time/clock.ts';
import { inTime } from '../time/deadline.ts';

export interface GrpcPlace {
  /** `host:port`. */
  readonly target: string;
  /** Undefined without TLS. */
  readonly tls?: { readonly ca: string | undefined; readonly serverName: string | undefined } | undefined;
}

export interface CallOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly within: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Calls functions of one gRPC server, over a connection that is kept; messages are bytes, and their form is the caller's affair. */
export class GrpcClient implements AsyncDisposable {
  readonly #grpc: typeof import('@grpc/grpc-js');
  readonly #client: Client;
  readonly #target: string;

  private constructor(grpc: typeof import('@grpc/grpc-js'), client: Client, target: string) {
    this.#grpc = grpc;
    this.#client = client;
    this.#target = target;
  }

  /** Loads the library; connects with the first call. */
  static async open({ target, tls }: GrpcPlace): Promise<GrpcClient> {
    const grpc = await import('@grpc/grpc-js');
    const credentials = tls
      ? grpc.credentials.createSsl(tls.ca === undefined ? null : Buffer.from(tls.ca))
      : grpc.credentials.createInsecure();
    const named = tls?.serverName ? { 'grpc.ssl_target_name_override': tls.serverName, 'grpc.default_authority': tls.serverName } : {};
    return new GrpcClient(grpc, new grpc.Client(target, credentials, { 'grpc.max_reconnect_backoff_ms': 5_000, ...named }), target);
  }

  /** One question, one answer; `path` as in `/package.Service/Method`. Rejects with UNREACHABLE_RECEIVER, REMOTE_RECEIVER_AUTH or REMOTE_RECEIVER. */
  async call(path: string, message: Buffer, { clock, signal, within, metadata = {} }: CallOptions): Promise<Buffer> {
    const marks = new this.#grpc.Metadata();
    for (const [name, value] of Object.entries(metadata)) marks.set(name, value);
    const same = (bytes: Buffer): Buffer => bytes;
    let cancel = () => {};
    const answered = new Promise<Buffer>((resolve, reject) => {
      const call = this.#client.makeUnaryRequest(path, same, same, message, marks, (error, answer) => {
        if (error) reject(this.#translated(error));
        else resolve(answer ?? Buffer.alloc(0));
      });
      cancel = () => call.cancel();
    });
    try {
      const late = () => this.#failed('UNREACHABLE_RECEIVER', `it has not answered within ${within / 1000} s`);
      return await inTime(answered, { within, clock, signal, late });
    } finally {
      cancel();
    }
  }

  #translated(error: ServiceError): EngineError {
    const { status } = this.#grpc;
    const reason = readable(error.details || error.message);
    if (error.code === status.UNAVAILABLE || error.code === status.DEADLINE_EXCEEDED || error.code === status.CANCELLED)
      return this.#failed('UNREACHABLE_RECEIVER', reason, error);
    if (error.code === status.UNAUTHENTICATED) return this.#failed('REMOTE_RECEIVER_AUTH', reason, error);
    const isOpen = [status.UNKNOWN, status.RESOURCE_EXHAUSTED, status.ABORTED, status.INTERNAL].includes(error.code);
    return this.#failed('REMOTE_RECEIVER', `${status[error.code]} ${reason}`, error, isOpen ? 'backoff' : 'never');
  }

  #failed(code: Code, reason: string, cause?: unknown, retry: Retry = 'backoff'): EngineError {
    return new EngineError(code, { server: this.#target, reason }, { cause, retry });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.close();
  }
}

/** The library wraps why there is no connection in sentences of its own. */
const readable = (details: string): string => /Last error: (?:Error: )?(.+?)\. Resolution note/.exec(details)?.[1] ?? details;
