import { Server, ServerCredentials, type ServerWritableStream, status } from '@grpc/grpc-js';
import { lengthDelimited, readFields } from '../../../src/core/grpc/wire.ts';

/** A service by Argo's contract that streams to all who ask. */
export async function eventingServer() {
  const asked: { name: string; config: string; authorization: unknown }[] = [];
  const streams = new Set<ServerWritableStream<Buffer, Buffer>>();
  let refusal: { code: number; details: string } | undefined;
  let isSilent = false;
  const server = new Server();
  const pass = (bytes: Buffer) => bytes;
  const method = { requestSerialize: pass, requestDeserialize: pass, responseSerialize: pass, responseDeserialize: pass };
  server.addService(
    { start: { path: '/generic.Eventing/StartEventSource', requestStream: false, responseStream: true, ...method } },
    {
      start(call: ServerWritableStream<Buffer, Buffer>) {
        const fields = readFields(call.request);
        const text = (field: number) => fields.get(field)?.toString() ?? '';
        asked.push({ name: text(1), config: text(2), authorization: call.metadata.get('authorization')[0] });
        if (refusal) return void call.emit('error', refusal);
        if (isSilent) return;
        streams.add(call);
        call.on('cancelled', () => streams.delete(call));
        call.sendMetadata(call.metadata.clone());
      },
    },
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (thrown, bound) => (thrown ? reject(thrown) : resolve(bound)));
  });
  return {
    url: `127.0.0.1:${port}`,
    asked,
    streams,
    send(payload: string) {
      for (const stream of streams) stream.write(Buffer.concat([lengthDelimited(1, 'made'), lengthDelimited(2, payload)]));
    },
    /** What is no message at all. */
    babble() {
      for (const stream of streams) stream.write(Buffer.from([0x0f]));
    },
    end() {
      for (const stream of streams) stream.end();
      streams.clear();
    },
    refuse(details: string | undefined) {
      refusal = details === undefined ? undefined : { code: status.PERMISSION_DENIED, details };
    },
    hang() {
      isSilent = true;
    },
    async [Symbol.asyncDispose]() {
      server.forceShutdown();
    },
  };
}
