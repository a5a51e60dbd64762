import type { Standing } from '../../dialect.ts';
import type { Binding } from '../advice/bind.ts';
import { bindingAdvice, containerAdvice } from '../advice/index.ts';
import type { CeOverrides, Destination } from '../kinds/fields.ts';
import { type RuleOf, refOf } from '../rules.ts';
import { consumerOf, type Known, urlOf } from './consumer.ts';
import type { Made } from './parts.ts';
import { problemOf, standingOfConsumer } from './standings.ts';

/** Rules for which nothing runs: others use them, or they are advice. */
export function translateRest(known: Known): Made {
  const { rules, world } = known;
  return {
    parts: [],
    standings: [
      ...rules.all('SinkBinding').map((rule) => adviceOf(rule, (binding) => bindingAdvice(rule.spec, binding), known)),
      ...rules.all('ContainerSource').map((rule) => adviceOf(rule, (binding) => containerAdvice(rule.metadata, rule.spec, binding), known)),
      ...[...rules.all('JobSink'), ...rules.all('EventType')].map((rule): Standing => ({ rule: refOf(rule), isAtRest: true, status: {} })),
      ...rules.all('EventTransform').map((rule): Standing => {
        const { sink } = rule.spec;
        const ref = refOf(rule);
        if (!sink) return { rule: ref, isAtRest: true, status: {} };
        return { ...standingOfConsumer(ref, 'Sink', 'sinkUri', consumerOf(sink, rule.metadata.namespace, known), world), isAtRest: true };
      }),
    ],
  };
}

interface Sending {
  readonly sink?: Destination | undefined;
  readonly ceOverrides?: CeOverrides;
}

function adviceOf(rule: RuleOf<'SinkBinding'> | RuleOf<'ContainerSource'>, advice: (binding: Binding) => string, known: Known): Standing {
  const { sink = {}, ceOverrides }: Sending = rule.spec;
  const consumer = consumerOf(sink, rule.metadata.namespace, known);
  const ref = refOf(rule);
  const standing = standingOfConsumer(ref, 'Sink', 'sinkUri', consumer, known.world);
  const url = urlOf(consumer.place, known.world);
  if (url === undefined)
    return {
      ...standing,
      isAtRest: true,
      problem: standing.problem ?? problemOf('SinkNotFound', 'the sink has no address that a program could send to'),
    };
  const said = advice({ sink: url, caCerts: sink.CACerts, overrides: ceOverrides });
  return { ...standing, isAtRest: true, status: { ...standing.status, advice: said } };
}
