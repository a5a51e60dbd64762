import { EngineError } from '../../../core/errors/engine-error.ts';
import { systemClock } from '../../../core/time/clock.ts';
import type { DialectWorld } from '../../../dialects/dialect.ts';
import { Outcomes } from '../../../dialects/outcomes.ts';

/** A process in which rules can be translated and asked, and in which nothing happens. */
export interface RehearsalWorld extends DialectWorld {
  /** What was left out since the last call, each once. */
  takeLeftOut(): string[];
}

interface WorldOptions {
  /** True where no cluster tells the address of a Service: it is then taken to be the one that its name gives it. */
  readonly assumesServices: boolean;
  /** The EventListeners that are loaded, as `namespace/name`. */
  readonly listeners: ReadonlySet<string>;
}

export function rehearsalWorld({ assumesServices, listeners }: WorldOptions): RehearsalWorld {
  let leftOut = new Set<string>();
  return {
    async publish() {
      throw new EngineError('BUG_UNEXPECTED', { reason: 'a rehearsal publishes nothing' });
    },
    sinkOf: (namespace, name) => (assumesServices ? `http://${name}.${namespace}.svc.cluster.local` : undefined),
    display: undefined,
    leaveOut: (what) => leftOut.add(what),
    outcomes: new Outcomes(systemClock),
    isHeard: (namespace, { source }) => listeners.has(`${namespace}/${source.replace(/^EventListener:/, '')}`),
    portOf: (_, wanted) => wanted ?? 8080,
    ingressPort: 80,
    addressOf: ({ kind, namespace, name }, port) =>
      kind === 'Broker'
        ? `http://broker-ingress.${namespace}.svc.cluster.local/${namespace}/${name}`
        : `http://el-${name}.${namespace}.svc.cluster.local:${port}`,
    takeLeftOut() {
      const taken = [...leftOut];
      leftOut = new Set();
      return taken;
    },
  };
}
