/**
 * Rules of other systems in our own terms: all objects of a dialect that are loaded, in; what has to run because of them, out.
 *
 * A translation is pure, so that it can be shown and tested without a cluster or a bus; it is made again whenever an object comes, changes
 * or goes, and only parts whose fingerprint changed are stopped and started anew. What an object lacks (a template that is not there yet)
 * is no error of the translation: the part that needs it says so when it is asked to act, and its object is shown as not ready.
 */
import type { EventSourceDefinition } from '../../eventsources/event-source.ts';
import type { CompiledSensor } from '../../sensors/compiled.ts';
import type { CloudEvent } from '../core/cloudevents/cloud-event.ts';
import type { Finding } from '../core/errors/finding.ts';
import type { Address } from '../core/event/event.ts';
import type { JsonObject } from '../core/json/json.ts';
import type { Need } from '../core/kube/need.ts';
import type { Kind } from '../core/schema/kind.ts';
import type { Outcomes } from './outcomes.ts';

/** An object that its kind has accepted, in today's spelling. */
export interface DialectRule {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    /** Empty for a cluster's own objects. */
    readonly namespace: string;
    readonly uid?: string;
    readonly generation?: number;
    readonly creationTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: unknown;
  /** As it was when the rule was loaded: what others have written there, such as an interceptor's address. */
  readonly status?: unknown;
}

export interface Translation {
  readonly parts: readonly Part[];
  /** How each rule stands as far as the rules tell; what runs is added by who runs it. By rule, in the order in which they came. */
  readonly standings: readonly Standing[];
}

/** Something that runs because of rules. Parts with one id and one fingerprint are the same. */
export interface Part {
  /** "EventListener playground/github"; unique. The bus is the default one of the namespace. */
  readonly id: string;
  readonly namespace: string;
  /** Changes whenever it would behave differently. */
  readonly fingerprint: string;
  /** The rules that it stands for: they are ready when it is. */
  readonly rules: readonly RuleRef[];
  /** The name of a sensor carries its kind, as no name of an Argo Sensor can: "EventListener:github", "Broker:default". */
  readonly runs: { readonly sensor: CompiledSensor } | { readonly listener: DialectListener };
}

export interface RuleRef {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** An event source of a dialect: how it listens, and where its events go. */
export interface DialectListener {
  readonly name: string;
  readonly definition: EventSourceDefinition;
  /** As the definition's `run` takes it. */
  readonly spec: unknown;
  /** Under which its events travel, and on the bus of which namespace; `EventDraft.attributes` say what they say of themselves. */
  readonly address: Address;
  readonly busNamespace: string;
}

export interface Standing {
  readonly rule: RuleRef;
  /** What keeps it from being ready, in a sentence for its author; undefined when nothing does. */
  readonly problem?: { readonly reason: string; readonly message: string };
  /** True for a rule for which nothing runs: others use it (a TriggerBinding), or it is advice. */
  readonly isAtRest?: boolean;
  /** What its users look at beside the conditions: `address`, `sinkUri`. Goes into `status` as it is. */
  readonly status: JsonObject;
}

/** What a translation may use of the process that it runs in. */
export interface DialectWorld {
  /** Stores an event on the bus of a namespace under an address of ours. Resolves when it is stored. */
  publish(namespace: string, address: Address, event: CloudEvent): Promise<void>;
  /** Where a Service is called instead (`--sink NAME=URL`); undefined where nobody has said so. */
  sinkOf(namespace: string, name: string): string | undefined;
  /** Shows an event on the screen in the place of a Service that has no address here; undefined in a real cluster. */
  readonly display: ((service: string, event: CloudEvent) => void) | undefined;
  /** Told in a rehearsal, in which nobody is asked and nothing is done, what is left out for that; undefined where rules run. */
  readonly leaveOut?: (what: string) => void;
  /** What becomes of events, for callers who wait for it. */
  readonly outcomes: Outcomes;
  /** True while a Sensor waits for events of this address. Asked for each event; it is quick. */
  isHeard(namespace: string, address: Address): boolean;
  /** The port on which an EventListener is called: the one that whoever started the process gave it, the one that it names, or a free one. */
  portOf(listener: RuleRef, wanted: number | undefined): number;
  /** The port of the Brokers' ingress. */
  readonly ingressPort: number;
  /** The address under which callers reach this process, for `status.address`: "http://127.0.0.1:8080" or the name of a Service. */
  addressOf(rule: RuleRef, port: number): string;
}

export type Translate = (rules: readonly DialectRule[], world: DialectWorld) => Translation;

/** One of the systems whose rules run here beside Argo's. */
export interface Dialect {
  readonly name: string;
  readonly kinds: readonly Kind[];
  /** Objects of others whose labels and annotations its translation looks at, as rules without a `spec`: "Namespace". */
  readonly looksAt: readonly { readonly group: string; readonly version: string; readonly resource: string; readonly kind: string }[];
  /** What a rule needs of an API server, for `generate rbac` and `validate --connect`. */
  needs(rule: DialectRule): Need[];
  /** What only shows when rules are seen together, for `validate`: findings for each of the objects that were given. */
  advise?(objects: readonly JsonObject[]): (object: JsonObject) => Finding[];
  /** The translation, which is loaded when there is a rule to translate: processes without one do without it. */
  translation(): Promise<Translate>;
}

/** Whether a kind is one of the dialect's, or one that it looks at. */
export const concerns = ({ kinds, looksAt }: Dialect, { group, kind }: { readonly group: string; readonly kind: string }): boolean =>
  [...kinds, ...looksAt].some((one) => one.group === group && one.kind === kind);
