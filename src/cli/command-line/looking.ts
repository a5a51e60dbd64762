/** The commands that look at what runs, and at the bus. */
import { Command, Option } from 'commander';
import type { ActFlags, LetterFlags, ReplayFlags } from '../commands/dead-letters.ts';
import type { DisplayFlags } from '../commands/display.ts';
import type { JoinsFlags } from '../commands/joins.ts';
import type { SendFlags } from '../commands/send.ts';
import type { TailFlags } from '../commands/tail.ts';
import type { WhyFlags } from '../commands/why.ts';
import { amount, busFlags, count, duration, kubeFlags, outputFlag, port, several } from '../flags.ts';
import { standardStreams } from '../output.ts';

export function whyCommand(): Command {
  const command = new Command('why')
    .description(
      'Tell what became of the events that met a Sensor, why it did not fire, and what to change. Asks the bus that --bus names, or what runs in this folder. Ends with 0 when events are known, 1 when there is none.',
    )
    .argument('<sensor>', 'its name, or namespace/name')
    .argument('[file...]', 'files or folders with the rule, to name the places in it')
    .option('--trigger <name>', 'only what concerns this trigger')
    .option('--last <number>', 'how many events, the newest', count, 10)
    .option('--event <id>', 'only this event; the beginning of its id is enough. Shows everything that is known of it')
    .option('--save-test <file>', 'write these events, and what became of them, as a test')
    .option('-v, --verbose', 'show payloads and what was sent', false)
    .addOption(outputFlag());
  return busFlags(command).action(async (sensor: string, files: string[], flags: WhyFlags) => {
    const { why } = await import('../commands/why.ts');
    process.exitCode = await why(sensor, files, flags, standardStreams);
  });
}

export function deadLettersCommand(): Command {
  const command = new Command('dead-letters').description(
    'What was given up, with its reason: listed, shown, tried again, or dropped. Asks the bus that --bus names, or what runs in this folder.',
  );
  const filtered = (one: Command): Command =>
    busFlags(
      one
        .option('--sensor <name>', 'only those of this Sensor')
        .option('--trigger <name>', 'only firings of this trigger')
        .option('--reason <code>', 'only those with this code, or a code that begins so: REMOTE_, UNREACHABLE_RECEIVER')
        .option('--event <id>', 'only those of this event')
        .option('--older-than <duration>', 'only those that were given up longer ago, as 24h', duration)
        .option('--newer-than <duration>', 'only those that were given up since then, as 1h', duration)
        .addOption(outputFlag()),
    );
  const acting = (one: Command): Command =>
    filtered(one).option('--all', 'all of them', false).option('--dry-run', 'show what would be done, and do nothing', false);
  filtered(command.command('list').description('List them, oldest first. Ends with 1 when there is none.')).action(
    async (flags: LetterFlags) => {
      const { listLetters } = await import('../commands/dead-letters.ts');
      process.exitCode = await listLetters(flags, standardStreams);
    },
  );
  filtered(command.command('show').description('Show all that is known of some.').argument('<id...>', 'ids, or beginnings of them')).action(
    async (ids: string[], flags: LetterFlags) => {
      const { showLetters } = await import('../commands/dead-letters.ts');
      process.exitCode = await showLetters(ids, flags, standardStreams);
    },
  );
  kubeFlags(
    acting(
      command
        .command('replay')
        .description('Put some back into the queues of their Sensors, to be tried again. Ends with 1 when some were left.')
        .argument('[id...]', 'ids, or beginnings of them')
        .option('--force', 'also those whose object has moved on since', false)
        .option(
          '--rules <file>',
          'the rule, for --dry-run; may be repeated (default: that of the cluster which --kubeconfig or --context names, else of the process that runs in this folder)',
          several,
          [],
        ),
    ),
  ).action(async (ids: string[], flags: ReplayFlags) => {
    const { replayLetters } = await import('../commands/dead-letters.ts');
    process.exitCode = await replayLetters(ids, flags, standardStreams);
  });
  acting(command.command('drop').description('Remove some for good.').argument('[id...]', 'ids, or beginnings of them')).action(
    async (ids: string[], flags: ActFlags) => {
      const { dropLetters } = await import('../commands/dead-letters.ts');
      process.exitCode = await dropLetters(ids, flags, standardStreams);
    },
  );
  return command;
}

export function joinsCommand(): Command {
  const command = new Command('joins')
    .description('Show which events wait for others, and for which. Ends with 1 when none does.')
    .argument('[sensor]', 'its name, or namespace/name; all of them if left out')
    .option('--trigger <name>', 'only those of this trigger')
    .addOption(outputFlag());
  return busFlags(command).action(async (sensor: string | undefined, flags: JoinsFlags) => {
    const { joins } = await import('../commands/joins.ts');
    process.exitCode = await joins(sensor, flags, standardStreams);
  });
}

export function tailCommand(): Command {
  const command = new Command('tail')
    .description('Show events as they come to the bus; with a Sensor, what it decides about them. Ctrl-C ends it.')
    .argument('[sensor]', 'its name, or namespace/name')
    .argument('[file...]', 'files or folders with its rule, for the test that --save writes')
    .option('--jq <program>', 'show what this makes of each, as a line; nothing where it makes null')
    .option('--last <number>', 'begin with the last so many', amount, 0)
    .option('--count <number>', 'end after so many', count)
    .option('--save <file>', 'at the end, write the events as a file for `dry-run --event`; with a Sensor, a test of what happened')
    .addOption(outputFlag());
  return busFlags(command).action(async (sensor: string | undefined, files: string[], flags: TailFlags) => {
    const { tail } = await import('../commands/tail.ts');
    process.exitCode = await tail(sensor, files, flags, standardStreams);
  });
}

export function displayCommand(): Command {
  const command = new Command('display')
    .description('Receive CloudEvents by HTTP, binary, structured or batched, and print them. Ctrl-C ends it.')
    .option('--port <number>', 'port to listen on; 0 takes a free one', port, 8080)
    .option('--host <address>', 'address to listen on', '0.0.0.0')
    .addOption(new Option('-o, --output <form>', 'text for people, json for one event a line').choices(['text', 'json']).default('text'));
  return command.action(async (flags: DisplayFlags) => {
    const { display } = await import('../commands/display.ts');
    await display(flags, standardStreams);
  });
}

export function sendCommand(): Command {
  const command = new Command('send')
    .description('Put an event onto the bus, as if its event source had sent it, or as if somebody had called a rule of Tekton or Knative.')
    .requiredOption('--source <name>', 'the EventSource that it comes from; or EventListener:NAME, Broker:NAME, … that it is for')
    .option('--event <name>', 'the name of the event in the EventSource')
    .option(
      '--data <file>',
      'the payload; for an EventListener a body or {header, body}, for a Broker a CloudEvent; - for standard input (default: an empty object)',
    )
    .option('-H, --header <line>', 'header of a call for an EventListener; may be repeated', several, [])
    .option('--type <type>', 'its CloudEvents type (default: that of its event source)')
    .option('--content-type <type>', 'the media type of the payload', 'application/json')
    .option('--id <id>', 'its id; the bus takes the same id once in five minutes (default: a new one)')
    .option('--key <key>', 'its order key: events with the same key are worked in order');
  return busFlags(command).action(async (flags: SendFlags) => {
    const { send } = await import('../commands/send.ts');
    process.exitCode = await send(flags, standardStreams);
  });
}
