import { Command } from 'commander';
import { busFlags, kubeFlags, processFlags } from '../flags.ts';
import { type ServeFlags, serve } from './serve.ts';

export function sensorCommand(): Command {
  const command = new Command('sensor')
    .description('Run the Sensors of these files: take events from the bus, and fire triggers.')
    .argument('<file...>', 'files or folders with Sensor (and EventBus) objects; - for standard input');
  return processFlags(busFlags(kubeFlags(command))).action((files: string[], flags: ServeFlags) => serve('Sensor', files, flags));
}
