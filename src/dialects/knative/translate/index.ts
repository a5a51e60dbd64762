/**
 * Rules of Knative Eventing in our own terms. A Broker or Channel is one sensor with a trigger for each Trigger or Subscription; sources
 * are listeners that publish to it straight, or to a subject of their own that a sensor brings to their sink.
 */
import { nameOf } from '../../../core/kube/kube.ts';
import type { DialectRule, DialectWorld, Standing, Translation } from '../../dialect.ts';
import { Rules, refOf } from '../rules.ts';
import { translateBrokers } from './brokers.ts';
import { translateChannels } from './channels.ts';
import { translateFlows } from './flows.ts';
import { injectedBrokers } from './injected.ts';
import { together } from './parts.ts';
import { translateRest } from './rest.ts';
import { translateSources } from './sources.ts';

export function translateKnative(loaded: readonly DialectRule[], world: DialectWorld): Translation {
  const known = { rules: new Rules([...loaded, ...injectedBrokers(loaded)]), world };
  const { parts, standings: told } = together([
    translateBrokers(known),
    translateChannels(known),
    translateFlows(known),
    translateSources(known),
    translateRest(known),
  ]);
  const standings = new Map(told.map((standing) => [nameOf(standing.rule, standing.rule), standing]));
  return {
    parts,
    standings: loaded.flatMap((rule): Standing[] => {
      const ref = refOf(rule);
      const standing = standings.get(nameOf(ref, ref));
      return standing ? [standing] : [];
    }),
  };
}
