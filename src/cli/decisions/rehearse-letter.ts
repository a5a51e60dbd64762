import { withDlqs } from '../../../sensors/firing/dlq.ts';
import { systemClock } from '../../core/time/clock.ts';
import { rehearsalCluster } from '../rehearse/cluster.ts';
import { firingOf, rehearsal } from '../rehearse/rehearse.ts';
import { showOutcome, showStep } from '../rehearse/show.ts';
import type { Letter } from './letters.ts';
import { firingIn } from './replay-letter.ts';
import type { RuleAtHand } from './rule-at-hand.ts';

/** What would come of trying a letter again under a rule, as lines. */
export async function rehearseLetter(letter: Letter, rule: RuleAtHand): Promise<string[]> {
  if ('because' in rule) return [`  ${rule.because}`];
  const kube = rehearsalCluster({ existing: undefined, behind: undefined, namespace: letter.namespace });
  const context = { clock: systemClock, kube, knowsCluster: false };
  const [event] = letter.events.values();
  if (letter.trigger === undefined) {
    const step = await rehearsal(rule.ready, context)({ event: event!, dependency: letter.dependency, from: 'dead letter' });
    return indented(showStep(step, { payload: false }).split('\n'));
  }
  if (!withDlqs(rule.ready.compiled.triggers).some(({ name }) => name === letter.trigger))
    return [`  the rule has no trigger ${letter.trigger}`];
  return indented(showOutcome(await firingOf(rule.ready, firingIn(letter), context)));
}

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
