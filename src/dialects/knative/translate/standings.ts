import type { DialectWorld, RuleRef, Standing } from '../../dialect.ts';
import type { Place } from '../sinks/place.ts';
import { type Consumer, urlOf } from './consumer.ts';

type Problem = NonNullable<Standing['problem']>;

export const problemOf = (reason: string, message: string): Problem => ({ reason, message });

/** How a rule stands by a destination that it names. `what` is that field, `uri` where its URL goes in the status. */
export function standingOfConsumer(
  rule: RuleRef,
  what: string,
  uri: string,
  { place }: Pick<Consumer, 'place'>,
  world: DialectWorld,
): Standing {
  const problem = problemOfPlace(place, what);
  const url = urlOf(place, world);
  return { rule, status: url === undefined ? {} : { [uri]: url }, ...(problem ? { problem } : {}) };
}

/** What keeps a place from being reached, as far as the rules tell. */
export function problemOfPlace(place: Place, what: string): Problem | undefined {
  if (place.kind === 'nowhere') return problemOf(`${what}ResolveFailed`, `the ${words(what)} leads nowhere: ${place.problem}`);
  if (place.kind !== 'object' || !place.isOurs) return undefined;
  const { kind, namespace, name } = place.ref;
  return problemOf(`${what}NotFound`, `there is no ${kind} ${namespace}/${name} among the rules; it is waited for`);
}

const words = (what: string): string => what.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();
