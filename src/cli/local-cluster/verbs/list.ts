import type { KubeObject, ObjectName } from '../../../core/kube/kube.ts';
import { shownAs } from '../kinds/resource.ts';
import { representList } from '../represent.ts';
import type { Answer, ApiRequest } from '../request.ts';
import { badRequest, expired, Refusal } from '../status.ts';
import { compareNames } from '../store.ts';
import type { Target } from '../target.ts';
import type { World } from '../world.ts';
import { selectionOf } from './select.ts';

/**
 * A list, whole or in pages. All pages show the state at the revision of the first one: later changes are undone from the history, and
 * where that does not reach back the answer is 410.
 */
export function list(world: World, target: Target, request: ApiRequest): Answer {
  const { query } = request;
  const collection = world.store.collection(target.resource.storedAs);
  const selection = selectionOf(target, query);
  const limit = Number(query.get('limit') ?? 0);
  const page = readContinue(query.get('continue'));
  const revision = page?.revision ?? readRevision(world, query);
  const stored = revision === undefined ? collection.list(target.namespace) : collection.listAt(revision, target.namespace);
  if (!stored)
    throw expired('The provided continue parameter is too old to display a consistent list result. Start a new list without it.');
  let items: KubeObject[] = stored.map((object) => shownAs(target, object)).filter(selection.matches);
  if (page) items = items.filter((object) => compareNames(object.metadata, page.after) > 0);
  const shown = revision ?? world.store.revision();
  const more = limit > 0 && items.length > limit ? items.length - limit : 0;
  if (more > 0) items = items.slice(0, limit);
  const metadata = {
    resourceVersion: String(shown),
    ...(more > 0 ? { continue: writeContinue({ revision: shown, after: items.at(-1)!.metadata }) } : {}),
    ...(more > 0 && selection.all ? { remainingItemCount: more } : {}),
  };
  return { code: 200, body: representList(world, target, request, items, metadata) };
}

/** The revision that a list has to show, or undefined for the newest. */
function readRevision(world: World, query: URLSearchParams): number | undefined {
  const text = query.get('resourceVersion') ?? '';
  const match = query.get('resourceVersionMatch');
  if (text === '' || text === '0') return undefined;
  const revision = parseRevision(text);
  const newest = world.store.revision();
  if (revision > newest) {
    throw new Refusal(504, 'Timeout', `Timeout: Too large resource version: ${revision}, current: ${newest}`, {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    });
  }
  const exact = match === 'Exact' || (match === null && Number(query.get('limit') ?? 0) > 0);
  return exact ? revision : undefined;
}

export function parseRevision(text: string): number {
  if (!/^\d+$/.test(text)) {
    throw badRequest(
      `invalid resource version: resourceVersion: Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  return Number(text);
}

interface Page {
  readonly revision: number;
  /** The last object of the page before. */
  readonly after: ObjectName;
}

function writeContinue({ revision, after: { namespace = '', name } }: Page): string {
  return Buffer.from(JSON.stringify([revision, namespace, name])).toString('base64url');
}

function readContinue(token: string | null): Page | undefined {
  if (!token) return undefined;
  try {
    const [revision, namespace, name] = JSON.parse(Buffer.from(token, 'base64url').toString()) as [number, string, string];
    if (Number.isInteger(revision)) return { revision, after: namespace === '' ? { name } : { name, namespace } };
  } catch {}
  throw badRequest('invalid continue token: continue key is not valid');
}
