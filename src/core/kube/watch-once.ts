import { EngineError } from '../errors/engine-error.ts';
import { isObject } from '../json/json.ts';
import type { KubeObject, ListOptions, ResourceType, WatchEvent } from './kube.ts';
import { LineSplitter } from './lines.ts';
import type { Call, Requests } from './requests.ts';
import { collectionPath, query } from './resource-path.ts';
import type { Limits } from './transport.ts';

/** No object is that long; a server that sends no line end at all must not fill our memory. */
const longestLine = 64 * 1024 * 1024;

/** One watch request. What arrived before something broken is yielded before the error. */
export async function* watchOnce(
  requests: Requests,
  type: ResourceType,
  options: ListOptions & { resourceVersion: string },
  limits: Limits,
): AsyncGenerator<WatchEvent[], void, undefined> {
  const { namespace, labelSelector, fieldSelector, resourceVersion, signal } = options;
  const lasting = limits.watch * (1 - Math.random() / 3);
  const timeoutSeconds = Math.max(1, Math.round(lasting / 1000));
  const parameters = { watch: 'true', allowWatchBookmarks: 'true', resourceVersion, timeoutSeconds, labelSelector, fieldSelector };
  const path = collectionPath(type, namespace) + query(parameters);
  const call: Call = { verb: 'watch', method: 'GET', path, type, namespace, signal, resourceVersion };
  const stream = await requests.stream(call, timeoutSeconds * 1000 + limits.watchGrace);
  try {
    yield [];
    yield* eventsOf(requests, call, stream.chunks);
  } finally {
    stream.close();
  }
}

async function* eventsOf(requests: Requests, call: Call, chunks: AsyncIterable<Buffer>): AsyncGenerator<WatchEvent[], void, undefined> {
  const lines = new LineSplitter();
  for await (const chunk of chunks) {
    const events: WatchEvent[] = [];
    let failure: unknown;
    try {
      for (const line of lines.push(chunk)) events.push(readEvent(requests, call, line));
      if (lines.pending > longestLine) throw requests.garbled(call, `a line of more than ${longestLine} bytes`);
    } catch (thrown) {
      failure = thrown;
    }
    if (events.length > 0) yield events;
    if (failure !== undefined) throw failure;
  }
  if (lines.pending > 0) {
    throw new EngineError('UNREACHABLE_KUBE', { server: requests.server, reason: 'the watch ended in the middle of a line' });
  }
}

function readEvent(requests: Requests, call: Call, line: string): WatchEvent {
  const event = requests.parse(call, line);
  const object = isObject(event) ? event.object : undefined;
  if (!isObject(event) || !isObject(object)) throw requests.garbled(call, 'no watch event');
  const type = event.type;
  if (type === 'ERROR') throw requests.refused(call, Number(object.code ?? 500), object);
  const metadata = object.metadata;
  const version = isObject(metadata) ? metadata.resourceVersion : undefined;
  if (typeof version !== 'string' || version === '') throw requests.garbled(call, 'an event without a resource version');
  if (type === 'BOOKMARK') return { type, resourceVersion: version };
  if (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED') return { type, object: object as KubeObject };
  throw requests.garbled(call, `an event of the type ${JSON.stringify(type)}`);
}
