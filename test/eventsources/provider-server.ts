import type { IncomingMessage } from 'node:http';
import type { Json, JsonObject } from '../../src/core/json/json.ts';
import { serve } from '../support/http-server.ts';

interface Asked {
  /** `GET /path?query`. */
  readonly what: string;
  readonly body: Json | undefined;
  readonly headers: IncomingMessage['headers'];
}

type Answers = (what: string, body: JsonObject) => { status?: number; json?: Json; text?: string } | undefined;

/** The API of a provider, for as long as the scope lasts: what it is asked is kept, and answered by the given function; else by 404. */
export async function providerServer(answers: Answers) {
  const asked: Asked[] = [];
  const server = await serve(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const text = Buffer.concat(pieces).toString();
    const body = text.startsWith('{') ? (JSON.parse(text) as JsonObject) : text || undefined;
    const what = `${request.method} ${request.url}`;
    asked.push({ what, body, headers: request.headers });
    const answer = answers(what, (body ?? {}) as JsonObject);
    response
      .writeHead(answer ? (answer.status ?? 200) : 404)
      .end(answer?.text ?? (answer?.json === undefined ? '' : JSON.stringify(answer.json)));
  });
  return {
    url: `http://${server.host}`,
    asked,
    /** What was asked, without the bodies. */
    said: () => asked.map(({ what }) => what),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
