import type { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Json } from '../../src/core/json/json.ts';
import type { CompiledTrigger } from '../compiled.ts';
import type { Outcome } from '../triggers/trigger.ts';
import type { LaneContext } from './lane-context.ts';
import { park } from './park.ts';
import type { Work } from './work.ts';

/** Tells what became of a trigger's firings. */
export class Report {
  readonly #trigger: CompiledTrigger;
  readonly #context: LaneContext;

  constructor(trigger: CompiledTrigger, context: LaneContext) {
    this.#trigger = trigger;
    this.#context = context;
  }

  /** Field by field: V8 puts what is spread together here among the old objects, and a busy sensor's memory fills with them. */
  done(work: Work, { summary, detail }: Outcome): void {
    const { clock, tell, sensor } = this.#context;
    const took = clock.monotonic() - work.startedAt;
    const latency = clock.now() - work.waiting!.storedAt;
    const { name: trigger } = this.#trigger;
    const [firing, event, attempt] = [work.id, eventIds(work), work.tried];
    if (detail === undefined) tell.triggerFired({ sensor: sensor.name, trigger, firing, event, attempt, summary, took, latency });
    else tell.triggerFired({ sensor: sensor.name, trigger, firing, event, attempt, summary, detail, took, latency });
  }

  /** A reason that is known already is only counted, so that an outage is not told once an attempt. */
  failed(work: Work, error: EngineError, known: boolean): void {
    const { tell } = this.#context;
    const fields = { ...this.#fields(work), error };
    if (known || work.lastCode === error.code) tell.attemptFailedAgain(fields);
    else tell.attemptFailed(fields);
    work.lastCode = error.code;
  }

  targetAway(error: EngineError): void {
    this.#context.tell.targetAway({ sensor: this.#context.sensor.name, trigger: this.#trigger.name, error });
  }

  targetBack(): void {
    this.#context.tell.targetBack({ sensor: this.#context.sensor.name, trigger: this.#trigger.name });
  }

  /** Writes it to the dead-letter store, and tells so. */
  async park(work: Work, error: EngineError, rendered: Json | undefined): Promise<void> {
    const { parked, sensor, tell } = this.#context;
    const events = work.waiting?.firing.events ?? new Map();
    const whose = { id: work.id, sensor: sensor.name, namespace: sensor.namespace, trigger: this.#trigger.name };
    await park(parked, { ...whose, error, attempts: work.tried, orderKey: work.line?.key, events, rendered }, this.#context);
    tell.firingParked({ ...this.#fields(work), error });
  }

  handedOver(work: Work, error: EngineError, to: string): void {
    this.#context.tell.firingHandedOver({ ...this.#fields(work), error, to });
  }

  #fields(work: Work) {
    const { sensor } = this.#context;
    return { sensor: sensor.name, trigger: this.#trigger.name, firing: work.id, event: eventIds(work), attempt: work.tried };
  }
}

function eventIds({ waiting }: Work): string {
  if (!waiting) return '';
  let ids = '';
  for (const { id } of waiting.firing.events.values()) ids = ids === '' ? id : `${ids},${id}`;
  return ids;
}
