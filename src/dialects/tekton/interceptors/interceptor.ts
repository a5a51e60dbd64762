/**
 * A step that every call of an EventListener passes before a trigger acts on it: it stops the call, or lets it go on and adds
 * extensions. What is known without asking anybody is decided when the event is admitted, the rest when the trigger fires.
 */
import type { Secrets } from '../../../core/access/secrets.ts';
import type { JsonObject } from '../../../core/json/json.ts';
import type { Kube } from '../../../core/kube/kube.ts';
import type { Clock } from '../../../core/time/clock.ts';
import type { ListenerCall } from '../listener/call.ts';

export interface Interceptor {
  /** What the author calls it: "cel", "github", the name of the interceptor or the host of the webhook. */
  readonly name: string;
  /** The answer, where it needs nobody else; undefined where it has to be asked. Pure. */
  decide(request: InterceptorRequest): Answer | undefined;
  /**
   * Rejects with an EngineError where it cannot tell: UNREACHABLE_… and REMOTE_… are tried again. Honours the signal.
   */
  ask(request: InterceptorRequest, context: InterceptorContext): Promise<Answer>;
}

export interface InterceptorRequest {
  /** The call as the interceptors before have left it (only a legacy webhook changes it). */
  readonly call: ListenerCall;
  /** Those of the interceptors before, merged. */
  readonly extensions: JsonObject;
  /** `namespaces/<namespace>/triggers/<name>`, or `triggerGroups`. */
  readonly triggerId: string;
  readonly eventId: string;
}

export interface InterceptorContext {
  /** Those of the namespace in the trigger's id. */
  readonly secrets: Secrets;
  readonly kube: Kube;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** `code` is one of gRPC's. */
export type Answer =
  | { readonly continue: true; readonly extensions: JsonObject; readonly call?: ListenerCall }
  | { readonly continue: false; readonly code: number; readonly message: string };
