/** The commands that run rules. */
import { Command } from 'commander';
import type { RunFlags } from '../commands/run.ts';
import type { ServeFlags } from '../commands/serve.ts';
import { argoFlag, busFlags, commas, jqFlags, kubeFlags, placeFlags, port, processFlags } from '../flags.ts';

export function runCommand(): Command {
  const command = new Command('run')
    .description(
      'Run rules on this machine: no cluster and no server needed. With --kubeconfig they act on that cluster, with --bus they use that bus.',
    )
    .argument('[file...]', 'files or folders with rules and other Kubernetes objects; - for standard input')
    .option('--api-port <number>', 'port of the local Kubernetes API; 0 takes a free one', port, 36443)
    .option('--from-cluster', 'run the rules that the cluster holds: those of one namespace, and what changes in them at once', false)
    .option('-A, --all-namespaces', 'with --from-cluster, the rules of all namespaces', false)
    .option(
      '--systems <names>',
      'with --from-cluster, whose rules are run: of argo, tekton and knative those with commas (default: all)',
      commas,
    )
    .option('--takeover', 'begin where Argo’s sensors of the same names have stopped, with the events that they hold', false)
    .option('--simulate', 'with the local Kubernetes API: play a node on which Pods, Jobs and Tekton’s runs start and end', false)
    .option('--log <form>', 'screen for people, json for programs', 'screen');
  return processFlags(placeFlags(argoFlag(jqFlags(busFlags(kubeFlags(command)))))).action(async (files: string[], flags: RunFlags) => {
    const { run } = await import('../commands/run.ts');
    await run(files, flags);
  });
}

export function eventsourceCommand(): Command {
  const command = new Command('eventsource')
    .description('Run the EventSources of these files: watch, and publish events to the bus.')
    .alias('eventsource-service')
    .argument('[file...]', files('EventSource', 'EVENTSOURCE_OBJECT'))
    .option('--relist', 'send an ADD for every existing object again', false);
  return serving('EventSource', command);
}

export function sensorCommand(): Command {
  const command = new Command('sensor')
    .description('Run the Sensors of these files: take events from the bus, and fire triggers.')
    .alias('sensor-service')
    .argument('[file...]', files('Sensor', 'SENSOR_OBJECT'))
    .option('--takeover', 'begin where Argo’s sensors of the same names have stopped, with the events that they hold', false)
    .option('--hand-back', 'finish what was begun, let Argo’s sensors of the same names go on from there, and end', false);
  return serving('Sensor', argoFlag(jqFlags(command)));
}

const files = (kind: string, variable: string): string =>
  `files or folders with ${kind} (and EventBus) objects; - for standard input; without any, ${variable} holds it, as Argo’s controller gives it to its pods`;

function serving(kind: 'EventSource' | 'Sensor', command: Command): Command {
  return processFlags(busFlags(kubeFlags(command))).action(async (paths: string[], flags: ServeFlags) => {
    const { serve } = await import('../commands/serve.ts');
    await serve(kind, paths, paths.length > 0 ? flags : asArgosPod(kind, command));
  });
}

/** What Argo's own pods do holds where nothing else was said: their arguments are given by Argo's controller. */
function asArgosPod(kind: 'EventSource' | 'Sensor', command: Command): ServeFlags {
  const isOpen = (name: string) => [undefined, 'default'].includes(command.getOptionValueSource(name));
  const theirs = { port: 7777, eventFormat: 'structured', ...(kind === 'Sensor' && isOpen('handBack') ? { takeover: true } : {}) };
  for (const [name, value] of Object.entries(theirs)) if (isOpen(name)) command.setOptionValueWithSource(name, value, 'config');
  return command.opts<ServeFlags>();
}
