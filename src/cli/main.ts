import { Command, CommanderError } from 'commander';
import { commands } from './commands.ts';
import { keepCompiled } from './compiled.ts';
import { exitCodeOf, showError } from './errors.ts';
import { tuneHeap } from './heap.ts';
import { version } from './version.ts';

tuneHeap();
keepCompiled();

/** A reader that has seen enough, such as `head`, ends the process without a word, with the code of the signal that others die of. */
const closedByReader = 128 + 13;

/** What nobody caught is a bug of ours: it ends the process with a sentence. */
process.on('uncaughtException', (thrown: NodeJS.ErrnoException) => {
  if (thrown.code === 'EPIPE') process.exit(closedByReader);
  process.stderr.write(`${showError(thrown)}\n`);
  process.exit(exitCodeOf(thrown));
});

const program = new Command('sensorium')
  .description('Event-driven automation for Kubernetes: runs the rules of Argo Events.')
  .version(version())
  .showHelpAfterError('`sensorium --help` tells what there is');
for (const command of commands()) program.addCommand(command);
// Commander has said what is wrong when it throws.
for (const command of [program, ...program.commands]) command.exitOverride();

try {
  await program.parseAsync();
} catch (thrown) {
  if (!(thrown instanceof CommanderError)) process.stderr.write(`${showError(thrown)}\n`);
  process.exitCode = exitCodeOf(thrown);
}
