import type { Json } from '../../core/json/json.ts';

/** A request that has been read and whose token is right. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly accept: string;
  readonly contentType: string;
  readonly userAgent: string;
  readonly body: Buffer;
}

/** What is sent back: a JSON value, a text, or a stream of lines that goes on until either side ends it. */
export type Answer =
  | { readonly code: number; readonly body: Json; readonly contentType?: string; readonly warnings?: readonly string[] }
  | { readonly code: number; readonly text: string | Buffer; readonly contentType: string }
  | { readonly stream: (sink: Sink) => () => void };

/** Where a watch writes. */
export interface Sink {
  /** Sends lines soon; those of one moment together. */
  send(line: string): void;
  end(): void;
}
