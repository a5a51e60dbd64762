/**
 * One PipelineRun or TaskRun, as far as those see it who look at its conditions: it starts, goes on, and ends as its annotations say, when
 * its own time is up, or when somebody cancels it. The Tasks in it are not made.
 */
import type { KubeObject } from '../../../../core/kube/kube.ts';
import { parseDuration } from '../../../../core/time/duration.ts';
import { at } from '../../kinds/columns.ts';
import { type Life, now, withCondition } from '../life.ts';
import { note } from '../note.ts';
import { wishOf } from '../wish.ts';
import { cancelled, failed, running, type Standing, started, succeeded, timedOut, waiting } from './standings.ts';

const second = 1_000;
const usual = { outcome: 'succeed', takes: 2 * second } as const;
/** What Tekton gives a run that says nothing. */
const hour = 3_600 * second;

export async function playRun(life: Life): Promise<void> {
  const run = life.latest();
  if (isOver(run)) return;
  const wish = wishOf(run, usual);
  if (isHeld(run)) {
    await become(life, waiting(run));
    if (!(await life.until(Number.POSITIVE_INFINITY, (now) => !isHeld(now)))) return;
  }
  await become(life, started(run));
  await become(life, running(run));
  const limit = limitOf(run);
  const takes = wish.outcome === 'run' ? Number.POSITIVE_INFINITY : wish.takes;
  const isStopped = await life.until(Math.min(takes, limit), (now) => isCancelled(now) || isOver(now));
  if (life.signal.aborted || isOver(life.latest())) return;
  const end = isStopped ? cancelled : limit <= takes ? timedOut : wish.outcome === 'fail' ? failed : succeeded;
  await become(life, end(run));
}

/** Writes how it stands, and says so in an Event; nothing where somebody else has ended the run meanwhile. */
async function become(life: Life, standing: Standing): Promise<void> {
  const { status, reason, message } = standing;
  const time = now(life);
  let isMine = false;
  await life.setStatus((before, run) => {
    isMine = !isOver(run);
    if (!isMine) return undefined;
    const conditions = withCondition(before['conditions'], { type: 'Succeeded', status, reason, message }, time);
    const times = { startTime: before['startTime'] ?? time, ...(status === 'Unknown' ? {} : { completionTime: time }) };
    return { ...before, ...times, conditions };
  });
  if (!isMine) return;
  const { kind, metadata } = life.latest();
  await note(life, { by: kind, reason: status === 'False' ? 'Failed' : reason, message, warning: status === 'False' });
  if (status !== 'Unknown') life.tell.simulated({ kind, namespace: metadata.namespace, name: metadata.name, outcome: reason });
}

const isOver = (run: KubeObject): boolean => at(run, 'status', 'completionTime') !== undefined;
const isHeld = (run: KubeObject): boolean => /RunPending$/.test(String(at(run, 'spec', 'status')));
const isCancelled = (run: KubeObject): boolean => /Cancelled|Stopped/.test(String(at(run, 'spec', 'status')));

/** How long a run may take, in either version's words; 0 is without end. */
function limitOf(run: KubeObject): number {
  const said = at(run, 'spec', 'timeouts', 'pipeline') ?? at(run, 'spec', 'timeout');
  const limit = typeof said === 'string' ? parseDuration(said) : undefined;
  return limit === 0 ? Number.POSITIVE_INFINITY : (limit ?? hour);
}
