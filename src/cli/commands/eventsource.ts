import { Command } from 'commander';
import { busFlags, kubeFlags, processFlags } from '../flags.ts';
import { type ServeFlags, serve } from './serve.ts';

export function eventsourceCommand(): Command {
  const command = new Command('eventsource')
    .description('Run the EventSources of these files: watch, and publish events to the bus.')
    .argument('<file...>', 'files or folders with EventSource (and EventBus) objects; - for standard input')
    .option('--relist', 'send an ADD for every existing object again', false);
  return processFlags(busFlags(kubeFlags(command))).action((files: string[], flags: ServeFlags) => serve('EventSource', files, flags));
}
