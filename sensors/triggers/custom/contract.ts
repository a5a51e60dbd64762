/** Argo's contract with servers that act on events (package `triggers`, service `Trigger`), by what its messages hold. */
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { reasonOf } from '../../../src/core/errors/from-unknown.ts';
import { type CallOptions, GrpcClient, type GrpcPlace } from '../../../src/core/grpc/client.ts';
import { lengthDelimited, readFields, readFlag } from '../../../src/core/grpc/wire.ts';

/** A server that acts on events. Each function rejects as `GrpcClient.call` does. */
export class TriggerServer implements AsyncDisposable {
  readonly #client: GrpcClient;
  readonly #server: string;

  private constructor(client: GrpcClient, server: string) {
    this.#client = client;
    this.#server = server;
  }

  static async open(place: GrpcPlace): Promise<TriggerServer> {
    return new TriggerServer(await GrpcClient.open(place), place.target);
  }

  /** What shall be acted on, from what the rule says of it. */
  fetchResource(spec: string, options: CallOptions): Promise<Uint8Array> {
    return this.#call('FetchResource', lengthDelimited(1, spec), options, firstField);
  }

  /** Acts, and answers what came of it. */
  execute(resource: Uint8Array, payload: string, options: CallOptions): Promise<Uint8Array> {
    return this.#call('Execute', Buffer.concat([lengthDelimited(1, resource), lengthDelimited(2, payload)]), options, firstField);
  }

  /** Whether what came of it is a success. */
  applyPolicy(response: Uint8Array, options: CallOptions): Promise<{ success: boolean; message: string }> {
    const read = (answer: Buffer) => ({ success: readFlag(answer, 1), message: readFields(answer).get(2)?.toString('utf8') ?? '' });
    return this.#call('ApplyPolicy', lengthDelimited(1, response), options, read);
  }

  async #call<Answer>(method: string, message: Buffer, options: CallOptions, read: (answer: Buffer) => Answer): Promise<Answer> {
    const answer = await this.#client.call(`/triggers.Trigger/${method}`, message, options);
    try {
      return read(answer);
    } catch (cause) {
      const reason = `its answer is not what the contract says: ${reasonOf(cause)}`;
      throw new EngineError('REMOTE_RECEIVER', { server: this.#server, reason }, { cause });
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#client[Symbol.asyncDispose]();
  }
}

const firstField = (answer: Buffer): Uint8Array => readFields(answer).get(1) ?? new Uint8Array();
