/** Jobs: pods that end. */
export const jobs = `
package io.k8s.api.batch.v1
Job: Runs pods until enough of them have succeeded.
  1 metadata ObjectMeta
  2 spec JobSpec ={}
  3 status JobStatus
JobSpec: The pods to run, how many, and when to give up.
  1 parallelism int32?: How many pods run at a time.
  2 completions int32?: How many pods have to succeed.
  3 activeDeadlineSeconds int64?: Seconds after which the Job is ended.
  11 podFailurePolicy PodFailurePolicy: What kinds of failure mean what.
  16 successPolicy SuccessPolicy: When the Job counts as done before all pods have succeeded.
  7 backoffLimit int32?: How many failures before the Job has failed; 6 when nothing is said.
  12 backoffLimitPerIndex int32?: How many failures of one index before that index has failed.
  13 maxFailedIndexes int32?: How many indexes may fail before the Job has failed.
  4 selector LabelSelector: The labels of its pods; made by the system unless manualSelector is set.
  5 manualSelector bool?: Whether the selector is the author's.
  6 template! PodTemplateSpec ={}
  8 ttlSecondsAfterFinished int32?: Seconds after its end when the Job is deleted.
  9 completionMode string (Indexed|NonIndexed): NonIndexed, or Indexed: each pod has a number.
  10 suspend bool?: Whether no pods are made for now.
  14 podReplacementPolicy string (Failed|TerminatingOrFailed): Whether a new pod comes when the old one is terminating, or only when it has failed.
  15 managedBy string: Who works this Job, when it is not the system's own controller.
PodFailurePolicy: What kinds of failure mean what.
  1 rules! [PodFailurePolicyRule]: The first rule that matches decides.
PodFailurePolicyRule: What one kind of failure means.
  1 action! string (Count|FailIndex|FailJob|Ignore): FailJob, FailIndex, Ignore or Count.
  2 onExitCodes PodFailurePolicyOnExitCodesRequirement: Failures with these exit codes.
  3 onPodConditions [PodFailurePolicyOnPodConditionsPattern]: Failures with these conditions of the pod.
PodFailurePolicyOnExitCodesRequirement: A failure by exit code.
  1 containerName string: The container; any of them when nothing is said.
  2 operator! string (In|NotIn): In or NotIn.
  3 values! [int32] set unpatched: The exit codes.
PodFailurePolicyOnPodConditionsPattern: A failure by a condition of the pod.
  1 type! string: The type of the condition.
  2 status string: The status that it has to have; True when nothing is said.
SuccessPolicy: When a Job counts as done.
  1 rules! [SuccessPolicyRule]: Any one of them is enough.
SuccessPolicyRule: What is enough.
  1 succeededIndexes string: These indexes have succeeded.
  2 succeededCount int32?: So many indexes have succeeded.
JobStatus: How many pods ran, and how they ended.
  1 conditions [JobCondition]
  2 startTime Time: When the Job was started.
  3 completionTime Time: When the Job was done.
  4 active int32: How many pods run.
  5 succeeded int32: How many pods succeeded.
  6 failed int32: How many pods failed.
  11 terminating int32?: How many pods are on their way out.
  7 completedIndexes string: The indexes that succeeded, as in 1,3-5.
  10 failedIndexes string: The indexes that failed, as in 1,3-5.
  8 uncountedTerminatedPods UncountedTerminatedPods: Pods that have ended and are not counted yet.
  9 ready int32?: How many pods are ready.
JobCondition: A finding about a Job.
  1 type! string: Complete, Failed, Suspended and others.
  2 status! string: True, False or Unknown.
  3 lastProbeTime Time
  4 lastTransitionTime Time
  5 reason string
  6 message string
UncountedTerminatedPods: Pods that have ended and are not counted yet.
  1 succeeded [string] set unpatched: Pods that succeeded, by uid.
  2 failed [string] set unpatched: Pods that failed, by uid.
CronJob: Makes a Job at the times of a cron line.
  1 metadata ObjectMeta
  2 spec! CronJobSpec ={}
  3 status CronJobStatus
CronJobSpec: When, and which Job.
  1 schedule! string: When, as a cron line.
  8 timeZone string: The time zone of the schedule, such as Europe/Berlin; that of the controller when nothing is said.
  2 startingDeadlineSeconds int64?: How many seconds late a Job may still start.
  3 concurrencyPolicy string =Allow (Allow|Forbid|Replace): When the Job before still runs: Allow both, Forbid the new one, or Replace the old one.
  4 suspend bool? =false: Whether no Jobs are made for now.
  5 jobTemplate! JobTemplateSpec ={}: The Job to make.
  6 successfulJobsHistoryLimit int32? =3: How many Jobs that succeeded are kept.
  7 failedJobsHistoryLimit int32? =1: How many Jobs that failed are kept.
JobTemplateSpec: A Job to make.
  1 metadata ObjectMeta ={}
  2 spec JobSpec ={}
CronJobStatus: What was made and when.
  1 active [ObjectReference]: The Jobs that run now.
  4 lastScheduleTime Time: When a Job was last made.
  5 lastSuccessfulTime Time: When a Job last succeeded.
`;
