import { type Metadata, Server, ServerCredentials, type ServiceDefinition, type ServiceError } from '@grpc/grpc-js';
import { lengthDelimited, readFields } from '../../src/core/grpc/wire.ts';

/** What came, by method, with its byte fields as texts. */
export interface Asked {
  readonly method: string;
  readonly fields: Readonly<Record<number, string>>;
  readonly key: string | undefined;
}

/** The byte fields of an answer, or an answer as it goes over the wire, or an error with a gRPC status. */
export type Answering = (asked: Asked) => Readonly<Record<number, string>> | Buffer | Partial<ServiceError> | undefined;

/** A server by Argo's contract for custom triggers; what `answer` leaves undefined is not answered at all. */
export async function startTriggerServer(answer: Answering, { tls }: { tls?: { cert: string; key: string } } = {}) {
  const asked: Asked[] = [];
  const same = (bytes: Buffer): Buffer => bytes;
  const method = (name: string) => ({
    path: `/triggers.Trigger/${name}`,
    requestStream: false,
    responseStream: false,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  });
  const names = ['FetchResource', 'Execute', 'ApplyPolicy'];
  const server = new Server();
  const definition = Object.fromEntries(names.map((name) => [name, method(name)])) as ServiceDefinition;
  type Callback = (error: Partial<ServiceError> | null, value?: Buffer) => void;
  const take = (name: string) => (call: { request: Buffer; metadata: Metadata }, done: Callback) => {
    const fields = [...readFields(call.request)].map(([number, value]) => [number, value.toString()] as const);
    const one = { method: name, fields: Object.fromEntries(fields), key: call.metadata.get('idempotency-key')[0]?.toString() };
    asked.push(one);
    const answered = answer(one);
    if (answered === undefined) return;
    if (Buffer.isBuffer(answered)) done(null, answered);
    else if ('code' in answered) done(answered as Partial<ServiceError>);
    else done(null, Buffer.concat(Object.entries(answered).map(([number, text]) => lengthDelimited(Number(number), text as string))));
  };
  server.addService(definition, Object.fromEntries(names.map((name) => [name, take(name)])) as never);
  const credentials = tls
    ? ServerCredentials.createSsl(null, [{ cert_chain: Buffer.from(tls.cert), private_key: Buffer.from(tls.key) }])
    : ServerCredentials.createInsecure();
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  return {
    target: `127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.forceShutdown();
    },
  };
}
