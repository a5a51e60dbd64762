import { Command } from 'commander';
import { eventsourceCommand } from './commands/eventsource.ts';
import { runCommand } from './commands/run.ts';
import { sensorCommand } from './commands/sensor.ts';
import { exitCodeOf, showError } from './errors.ts';
import { version } from './version.ts';

const program = new Command('sensorium')
  .description('Event-driven automation for Kubernetes: runs the rules of Argo Events.')
  .version(version())
  .showHelpAfterError()
  .addCommand(runCommand())
  .addCommand(eventsourceCommand())
  .addCommand(sensorCommand());

try {
  await program.parseAsync();
} catch (thrown) {
  process.stderr.write(`${showError(thrown)}\n`);
  process.exitCode = exitCodeOf(thrown);
}
