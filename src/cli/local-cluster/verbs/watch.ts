import type { JsonObject } from '../../../core/json/json.ts';
import { stringifyJson } from '../../../core/json/stringify.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import type { Change } from '../history.ts';
import { apiVersionOf, shownAs } from '../kinds/resource.ts';
import { formOf } from '../negotiate.ts';
import { representObject } from '../represent.ts';
import type { Answer, ApiRequest, Sink } from '../request.ts';
import { expired, statusOf } from '../status.ts';
import type { Target } from '../target.ts';
import type { World } from '../world.ts';
import { parseRevision } from './list.ts';
import { selectionOf } from './select.ts';

const bookmarkEvery = 60_000;
const longest = 3600;

interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
}

/**
 * Streams changes, one JSON line each: those after `resourceVersion`, or, without one, first every object as ADDED. A change by which an
 * object starts or stops matching the selectors is shown as ADDED or DELETED.
 */
export function watch(world: World, target: Target, request: ApiRequest): Answer {
  const { query } = request;
  const { matches } = selectionOf(target, query);
  const collection = world.store.collection(target.resource.storedAs);
  const wanted = query.get('resourceVersion') ?? '';
  const initial = query.get('sendInitialEvents');
  const bookmarks = query.get('allowWatchBookmarks') === 'true' || query.get('allowWatchBookmarks') === '1';
  const fromStart = initial === 'true' || (initial === null && (wanted === '' || wanted === '0'));
  const after = fromStart || wanted === '' ? world.store.revision() : parseRevision(wanted);
  const seconds = Number(query.get('timeoutSeconds')) || longest;
  const inTable = formOf(request.accept) === 'Table';

  return {
    stream(sink) {
      let columnsSent = false;
      const send = (type: string, object: JsonObject) => sink.send(`${stringifyJson({ type, object })}\n`);
      const sendEvent = ({ type, object }: WatchEvent) => {
        const shown = representObject(world, target, request, object);
        if (inTable && columnsSent) shown.columnDefinitions = null;
        columnsSent = true;
        send(type, shown);
      };
      const sendChange = (change: Change) => {
        if (target.namespace !== undefined && change.object.metadata.namespace !== target.namespace) return;
        const event = eventOf(target, change, matches);
        if (event) sendEvent(event);
      };
      const sendBookmark = (annotations?: Record<string, string>) => {
        const metadata = {
          resourceVersion: String(world.store.revision()),
          creationTimestamp: null,
          ...(annotations ? { annotations } : {}),
        };
        send('BOOKMARK', { kind: target.resource.kind, apiVersion: apiVersionOf(target), metadata });
      };

      if (fromStart) {
        for (const stored of collection.list(target.namespace)) {
          const object = shownAs(target, stored);
          if (matches(object)) sendEvent({ type: 'ADDED', object });
        }
        if (initial === 'true' && bookmarks) sendBookmark({ 'k8s.io/initial-events-end': 'true' });
      } else {
        const missed = collection.since(after);
        if (!missed) return refuse(sink, `too old resource version: ${after} (${world.store.revision()})`);
        missed.forEach(sendChange);
      }
      const unsubscribe = collection.subscribe(sendChange);
      const cancelEnd = world.clock.after(seconds * 1000, () => sink.end());
      let cancelBookmark = () => {};
      const bookmarkLater = () => {
        cancelBookmark = world.clock.after(bookmarkEvery, () => {
          sendBookmark();
          bookmarkLater();
        });
      };
      if (bookmarks) bookmarkLater();
      return () => {
        unsubscribe();
        cancelEnd();
        cancelBookmark();
      };
    },
  };
}

function refuse(sink: Sink, because: string): () => void {
  sink.send(`${stringifyJson({ type: 'ERROR', object: statusOf(expired(because)) })}\n`);
  sink.end();
  return () => {};
}

/** A change as a watcher with these selectors sees it; undefined when it concerns objects that it does not see. */
function eventOf(target: Target, change: Change, matches: (object: KubeObject) => boolean): WatchEvent | undefined {
  const before = change.previous && shownAs(target, change.previous);
  const sawIt = before !== undefined && matches(before);
  const now = shownAs(target, change.object);
  if (change.type === 'DELETED') return sawIt ? { type: 'DELETED', object: now } : undefined;
  if (matches(now)) return { type: sawIt ? 'MODIFIED' : 'ADDED', object: now };
  if (!sawIt) return undefined;
  const { resourceVersion } = now.metadata;
  return { type: 'DELETED', object: { ...before, metadata: { ...before.metadata, resourceVersion: resourceVersion! } } };
}
