import type { Retry } from '../errors/codes.ts';
import { EngineError } from '../errors/engine-error.ts';
import { isObject, type JsonObject } from '../json/json.ts';

/** What was asked, for the sentence: `{ verb: 'create', target: 'Ingress playground/web-ing' }`. */
interface Asked {
  readonly verb: string;
  readonly target: string;
  readonly server: string;
  /** Where a watch was to begin. */
  readonly resourceVersion?: string | undefined;
}

/** What the API server said. `status` is its Status object where it sent one, else the text it sent. */
interface Refusal {
  readonly code: number;
  readonly status: unknown;
  readonly retryAfter?: string | undefined;
}

/** An answer that is no success, as the error that says what to do next. */
export function statusError(asked: Asked, { code, status, retryAfter }: Refusal): EngineError {
  const said = readStatus(status);
  const { verb, target, server } = asked;
  if (code === 410 || (asked.resourceVersion !== undefined && isAboutResourceVersion(code, said))) {
    return new EngineError('REMOTE_KUBE_EXPIRED', { resourceVersion: asked.resourceVersion ?? '' });
  }
  switch (code) {
    case 401:
      return new EngineError('REMOTE_KUBE_UNAUTHORIZED', { server });
    case 403:
      return new EngineError('REMOTE_KUBE_FORBIDDEN', { verb, target, reason: after('forbidden: ', said.message) });
    case 404:
      return notFound(asked, said);
    case 409:
      if (said.reason === 'AlreadyExists') return exists(asked, said);
      if (said.causes.some((cause) => cause.reason === 'FieldManagerConflict')) {
        return new EngineError(
          'REMOTE_KUBE_REFUSED',
          { verb, target, status: code, reason: said.message },
          { hint: 'another field manager owns these fields; take them with `force`' },
        );
      }
      return new EngineError('CONFLICT_KUBE', { verb, target });
    case 422:
      return new EngineError('REMOTE_KUBE_INVALID', { verb, target, reason: invalid(said) });
    case 408:
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
      return new EngineError('REMOTE_KUBE_BUSY', { verb, target, status: code, reason: said.message }, { retry: wait(said, retryAfter) });
    default:
      return new EngineError('REMOTE_KUBE_REFUSED', { verb, target, status: code, reason: said.message });
  }
}

interface Said {
  readonly message: string;
  readonly reason: string;
  readonly details: JsonObject;
  readonly causes: readonly { readonly field?: string; readonly message?: string; readonly reason?: string }[];
}

function readStatus(status: unknown): Said {
  const isStatus = isObject(status) && status.kind === 'Status';
  const details = isStatus && isObject(status.details) ? status.details : {};
  const text = isStatus ? status.message : status;
  return {
    message: typeof text === 'string' && text.trim() !== '' ? text.trim().slice(0, 2000) : 'no reason given',
    reason: isStatus && typeof status.reason === 'string' ? status.reason : '',
    details,
    causes: Array.isArray(details.causes) ? (details.causes.filter(isObject) as Said['causes']) : [],
  };
}

/** Other ways than 410 in which a server says that it does not have this version: too new after a restore, or not one of its own. */
function isAboutResourceVersion(code: number, said: Said): boolean {
  if (code === 504) return said.causes.some((cause) => cause.reason === 'ResourceVersionTooLarge');
  return (code === 400 || code === 500) && /resource ?version/i.test(said.message);
}

function notFound({ verb, target }: Asked, said: Said): EngineError {
  if (verb === 'create' || verb === 'apply') {
    // The object cannot be missing, so its namespace is; somebody may still make it.
    return new EngineError('REMOTE_KUBE_NOT_FOUND', { verb, target, reason: said.message }, { retry: 'backoff' });
  }
  return new EngineError('REMOTE_KUBE_NOT_FOUND', { verb, target, reason: 'not found' });
}

function exists({ verb, target }: Asked, said: Said): EngineError {
  const leaving = said.message.includes('object is being deleted');
  return new EngineError('REMOTE_KUBE_EXISTS', { verb, target }, leaving ? { retry: 'backoff', hint: 'it is being deleted' } : {});
}

/** "spec.rules[0].host: Invalid value: …; spec.ports: Required value", or the message when there are no causes. */
function invalid(said: Said): string {
  const causes = said.causes.map(({ field, message = '' }) => (field ? `${field}: ${message}` : message));
  return causes.length > 0 ? causes.join('; ') : after('is invalid: ', said.message);
}

function wait(said: Said, retryAfter: string | undefined): Retry {
  const seconds = Number(retryAfter ?? said.details.retryAfterSeconds);
  return seconds > 0 ? { after: seconds * 1000 } : 'backoff';
}

function after(words: string, text: string): string {
  const at = text.indexOf(words);
  return at < 0 ? text : text.slice(at + words.length);
}
