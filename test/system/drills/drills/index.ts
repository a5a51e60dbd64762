import type { Drill } from '../drill.ts';
import { apiAway } from './api-away.ts';
import { apiConflicts } from './api-conflicts.ts';
import { backlog } from './backlog.ts';
import { burst } from './burst.ts';
import { busKilled } from './bus-killed.ts';
import { busReplaced } from './bus-replaced.ts';
import { diskFull } from './disk-full.ts';
import { joinChaos } from './join-chaos.ts';
import { order } from './order.ts';
import { pipelineKilled } from './pipeline-killed.ts';
import { poison } from './poison.ts';
import { rollingRestart } from './rolling-restart.ts';
import { sensorKilled } from './sensor-killed.ts';
import { sharedSensor } from './shared-sensor.ts';
import { sourceKilled } from './source-killed.ts';
import { target503 } from './target-503.ts';
import { targetGone } from './target-gone.ts';
import { targetHangs } from './target-hangs.ts';
import { watchGap } from './watch-gap.ts';

/** All of them, in the order in which they are held. */
export const drills: readonly Drill[] = [
  // One a line.
  burst,
  target503,
  targetHangs,
  targetGone,
  sensorKilled,
  sourceKilled,
  busKilled,
  busReplaced,
  watchGap,
  rollingRestart,
  sharedSensor,
  joinChaos,
  apiConflicts,
  diskFull,
  backlog,
  poison,
  pipelineKilled,
  apiAway,
  order,
];
