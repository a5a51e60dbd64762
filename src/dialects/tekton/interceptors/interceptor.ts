/**
 * A step that every call of an EventListener passes before a trigger acts on it: it stops the call, or lets it go on and adds
 * extensions. What is known without asking anybody is decided when the event is admitted, the rest when the trigger fires.
 */
import type { Secrets } from '../../../core/access/secrets.ts';
import type { JsonObject } from '../../../core/json/json.ts';
import type { Kube } from '../../../core/kube/kube.ts';
import type { Clients } from '../../../core/lifecycle/clients.ts';
import type { Clock } from '../../../core/time/clock.ts';
import type { ListenerCall } from '../listener/call.ts';

export interface Interceptor {
  /** What the author calls it: "cel", "github", the name of the interceptor or the host of the webhook. */
  readonly name: string;
  /**
   * True for one that stops calls or lets them through as they are, and never adds anything: those behind it can be decided before it
   * has been asked.
   */
  readonly addsNothing?: boolean;
  /** True for one that gets a form as it was sent, where it is the first. */
  readonly takesForms?: boolean;
  /** The answer, where it needs nobody else; undefined where it has to be asked. Pure. */
  decide(request: InterceptorRequest): Answer | undefined;
  /**
   * Rejects with an EngineError where it cannot tell: UNREACHABLE_… and REMOTE_… are tried again. Honours the signal.
   */
  ask(request: InterceptorRequest, context: InterceptorContext): Promise<Answer>;
  /** For a rehearsal, in the place of `ask`: the answer if nobody who would be asked says no. Left out by those who cannot be asked. */
  unasked?(request: InterceptorRequest): Unasked;
}

export interface Unasked {
  readonly answer: Answer;
  /** What would be asked: "check the signature in X-Hub-Signature-256". */
  readonly would: string;
}

export interface InterceptorRequest {
  /** The call as the interceptors before have left it (only a legacy webhook changes it). */
  readonly call: ListenerCall;
  /** Those of the interceptors before, merged. */
  readonly extensions: JsonObject;
  /** `namespaces/<namespace>/triggers/<name>`, or `triggerGroups`. */
  readonly triggerId: string;
  readonly eventId: string;
  /** When the call came, in milliseconds since 1970: a signature that has an age is as old as it was then, however late we ask. */
  readonly receivedAt: number;
}

/** Made by `interceptorContext`. */
export interface InterceptorContext {
  /** Those of the namespace in the trigger's id. */
  readonly secrets: Secrets;
  readonly kube: Kube;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Connections to servers, kept between calls. */
  readonly clients: Clients;
}

/** `code` is one of gRPC's. */
export type Answer =
  | { readonly continue: true; readonly extensions: JsonObject; readonly call?: ListenerCall }
  | { readonly continue: false; readonly code: number; readonly message: string };
