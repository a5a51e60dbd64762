/** The commands and their flags. What a command does is loaded when it is called, so that none pays for the others. */
import { Argument, Command, Option } from 'commander';
import type { ActFlags, LetterFlags, ReplayFlags } from './commands/dead-letters.ts';
import type { DryRunFlags } from './commands/dry-run.ts';
import type { GenerateFlags } from './commands/generate.ts';
import type { JoinsFlags } from './commands/joins.ts';
import type { NewFlags, NewThing } from './commands/new.ts';
import type { RunFlags } from './commands/run.ts';
import type { SendFlags } from './commands/send.ts';
import type { ServeFlags } from './commands/serve.ts';
import type { TailFlags } from './commands/tail.ts';
import type { TestFlags } from './commands/test.ts';
import type { ValidateFlags } from './commands/validate.ts';
import type { WhyFlags } from './commands/why.ts';
import { amount, argoFlag, busFlags, count, duration, instant, jqFlags, kubeFlags, port, processFlags } from './flags.ts';
import { standardOutput } from './output.ts';

export const commands = (): Command[] => [
  runCommand(),
  eventsourceCommand(),
  sensorCommand(),
  validateCommand(),
  dryRunCommand(),
  testCommand(),
  explainCommand(),
  whyCommand(),
  deadLettersCommand(),
  joinsCommand(),
  tailCommand(),
  sendCommand(),
  newCommand(),
  generateCommand(),
];

function runCommand(): Command {
  const command = new Command('run')
    .description(
      'Run rules on this machine: no cluster and no server needed. With --kubeconfig they act on that cluster, with --bus they use that bus.',
    )
    .argument('[file...]', 'files or folders with rules and other Kubernetes objects; - for standard input')
    .option('--api-port <number>', 'port of the local Kubernetes API; 0 takes a free one', port, 36443)
    .option('--from-cluster', 'run the rules that the cluster holds: those of one namespace, and what changes in them at once', false)
    .option('-A, --all-namespaces', 'with --from-cluster, the rules of all namespaces', false)
    .option('--takeover', 'begin where Argo’s sensors of the same names have stopped, with the events that they hold', false)
    .option('--log <form>', 'screen for people, json for programs', 'screen');
  return processFlags(argoFlag(jqFlags(busFlags(kubeFlags(command))))).action(async (files: string[], flags: RunFlags) => {
    const { run } = await import('./commands/run.ts');
    await run(files, flags);
  });
}

function eventsourceCommand(): Command {
  const command = new Command('eventsource')
    .description('Run the EventSources of these files: watch, and publish events to the bus.')
    .argument('<file...>', 'files or folders with EventSource (and EventBus) objects; - for standard input')
    .option('--relist', 'send an ADD for every existing object again', false);
  return serving('EventSource', command);
}

function sensorCommand(): Command {
  const command = new Command('sensor')
    .description('Run the Sensors of these files: take events from the bus, and fire triggers.')
    .argument('<file...>', 'files or folders with Sensor (and EventBus) objects; - for standard input')
    .option('--takeover', 'begin where Argo’s sensors of the same names have stopped, with the events that they hold', false)
    .option('--hand-back', 'finish what was begun, let Argo’s sensors of the same names go on from there, and end', false);
  return serving('Sensor', argoFlag(jqFlags(command)));
}

function serving(kind: 'EventSource' | 'Sensor', command: Command): Command {
  return processFlags(busFlags(kubeFlags(command))).action(async (files: string[], flags: ServeFlags) => {
    const { serve } = await import('./commands/serve.ts');
    await serve(kind, files, flags);
  });
}

function validateCommand(): Command {
  const command = new Command('validate')
    .description(
      'Check rules before they run: every mistake at once, with its file, line and column, and what to try. Ends with 2 when there is an error.',
    )
    .argument('<file...>', 'files or folders with rules and other Kubernetes objects; - for standard input')
    .option('-n, --namespace <name>', 'namespace of objects that name none')
    .option('--strict', 'take warnings for errors', false)
    .addOption(
      new Option('-o, --output <form>', 'text for people, json for programs, github for annotations of a workflow')
        .choices(['text', 'json', 'github'])
        .default('text'),
    )
    .option('-q, --quiet', 'errors only, and nothing when there is none', false)
    .option('--connect', 'also ask the API server and the bus whether kinds, permissions, Secrets and the stream are there', false);
  return busFlags(kubeFlags(command)).action(async (files: string[], flags: ValidateFlags) => {
    const { validate } = await import('./commands/validate.ts');
    process.exitCode = await validate(files, flags, standardOutput);
  });
}

function newCommand(): Command {
  return new Command('new')
    .description('Write the start of a rule, with comments that teach; `rule` makes a folder with tests and something to try it with.')
    .addArgument(new Argument('<what>', 'what to write').choices(['eventsource', 'sensor', 'rule']))
    .argument('[name]', 'name of the objects, and of the folder of a rule', 'my-rule')
    .option('--kind <kind>', 'kind of the objects that it is about', 'Service')
    .addOption(new Option('--trigger <type>', 'what the sensor does').choices(['k8s', 'log']).default('k8s'))
    .option('-n, --namespace <name>', 'namespace of the rule and of what it is about', 'default')
    .option('-f, --folder <folder>', 'where the files are written (default: standard output; for a rule, a folder of its name)')
    .option('--force', 'write over files that are there', false)
    .action(async (what: NewThing, name: string, flags: NewFlags) => {
      const { makeNew } = await import('./commands/new.ts');
      makeNew(what, name, flags);
    });
}

function explainCommand(): Command {
  return new Command('explain')
    .description('Explain a kind, a field, a type of event source or trigger, or an error code.')
    .argument('[word]', 'sensor, sensor.spec.triggers.template.k8s, k8s, CONFIG_JQ, …; without it, what can be explained')
    .option('-r, --recursive', 'all fields below, by name and type', false)
    .action(async (word: string | undefined, flags: { recursive: boolean }) => {
      const { explain } = await import('./commands/explain.ts');
      explain(word, flags);
    });
}

function dryRunCommand(): Command {
  const command = new Command('dry-run')
    .description(
      'Show what a Sensor would do with an event, or why not. Nothing is written anywhere. Ends with 0 when something would fire, 1 when nothing would, 2 when the rule is refused, 3 when somebody cannot be reached.',
    )
    .argument('<sensor>', 'file or folder with a Sensor; file#name chooses one')
    .option('-e, --event <file>', 'a CloudEvent, or a payload, as JSON or YAML; may be repeated; - for standard input', several, [])
    .option('-d, --dependency <name>', 'the dependency that payloads are for')
    .option('--name <name>', 'the name of the Sensor, where there are several')
    .option('-n, --namespace <name>', 'namespace of objects that name none')
    .option('-w, --with <file>', 'Kubernetes objects that exist, to show the difference; may be repeated', several, [])
    .option('--from-bus <number>', 'take the last so many events of the Sensor from the bus that --bus names; it is only read', count)
    .option('--now <time>', 'the time that the rule sees, as 2026-01-31T12:00:00Z', instant)
    .addOption(new Option('--show <what>', 'what to show besides').choices(['payload']))
    .addOption(new Option('-o, --output <form>', 'text for people, json for programs').choices(['text', 'json']).default('text'))
    .option('-v, --verbose', 'show every event from the bus whole, also those that fire nothing', false);
  return jqFlags(busFlags(kubeFlags(command))).action(async (sensor: string, flags: DryRunFlags) => {
    const { dryRun } = await import('./commands/dry-run.ts');
    process.exitCode = await dryRun(sensor, flags, standardOutput);
  });
}

function testCommand(): Command {
  const command = new Command('test')
    .description('Run the tests of rules: files named *.test.yaml. Ends with 1 when one fails, 2 when a rule or a test cannot be read.')
    .argument('<file...>', 'test files, or folders with them')
    .option('-t, --test-name <text>', 'only tests whose name holds this text, or matches this /regular expression/')
    .option('--watch', 'run again whenever a rule or a test is saved', false)
    .option('--junit <file>', 'write the results as JUnit XML, too')
    .option('--coverage', 'fail when a part of a rule was never tried', false)
    .addOption(new Option('-o, --output <form>', 'text for people, json for programs').choices(['text', 'json']).default('text'));
  return jqFlags(command).action(async (files: string[], flags: TestFlags) => {
    const { test } = await import('./commands/test.ts');
    process.exitCode = await test(files, flags, standardOutput);
  });
}

function whyCommand(): Command {
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
    .addOption(new Option('-o, --output <form>', 'text for people, json for programs').choices(['text', 'json']).default('text'));
  return busFlags(command).action(async (sensor: string, files: string[], flags: WhyFlags) => {
    const { why } = await import('./commands/why.ts');
    process.exitCode = await why(sensor, files, flags, standardOutput);
  });
}

function deadLettersCommand(): Command {
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
        .addOption(new Option('-o, --output <form>', 'text for people, json for programs').choices(['text', 'json']).default('text')),
    );
  const acting = (one: Command): Command =>
    filtered(one).option('--all', 'all of them', false).option('--dry-run', 'show what would be done, and do nothing', false);
  filtered(command.command('list').description('List them, oldest first. Ends with 1 when there is none.')).action(
    async (flags: LetterFlags) => {
      const { listLetters } = await import('./commands/dead-letters.ts');
      process.exitCode = await listLetters(flags, standardOutput);
    },
  );
  filtered(command.command('show').description('Show all that is known of some.').argument('<id...>', 'ids, or beginnings of them')).action(
    async (ids: string[], flags: LetterFlags) => {
      const { showLetters } = await import('./commands/dead-letters.ts');
      process.exitCode = await showLetters(ids, flags, standardOutput);
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
    const { replayLetters } = await import('./commands/dead-letters.ts');
    process.exitCode = await replayLetters(ids, flags, standardOutput);
  });
  acting(command.command('drop').description('Remove some for good.').argument('[id...]', 'ids, or beginnings of them')).action(
    async (ids: string[], flags: ActFlags) => {
      const { dropLetters } = await import('./commands/dead-letters.ts');
      process.exitCode = await dropLetters(ids, flags, standardOutput);
    },
  );
  return command;
}

const output = (): Option =>
  new Option('-o, --output <form>', 'text for people, json for programs').choices(['text', 'json']).default('text');

function joinsCommand(): Command {
  const command = new Command('joins')
    .description('Show which events wait for others, and for which. Ends with 1 when none does.')
    .argument('[sensor]', 'its name, or namespace/name; all of them if left out')
    .option('--trigger <name>', 'only those of this trigger')
    .addOption(output());
  return busFlags(command).action(async (sensor: string | undefined, flags: JoinsFlags) => {
    const { joins } = await import('./commands/joins.ts');
    process.exitCode = await joins(sensor, flags, standardOutput);
  });
}

function tailCommand(): Command {
  const command = new Command('tail')
    .description('Show events as they come to the bus; with a Sensor, what it decides about them. Ctrl-C ends it.')
    .argument('[sensor]', 'its name, or namespace/name')
    .argument('[file...]', 'files or folders with its rule, for the test that --save writes')
    .option('--jq <program>', 'show what this makes of each, as a line; nothing where it makes null')
    .option('--last <number>', 'begin with the last so many', amount, 0)
    .option('--count <number>', 'end after so many', count)
    .option('--save <file>', 'at the end, write the events as a file for `dry-run --event`; with a Sensor, a test of what happened')
    .addOption(output());
  return busFlags(command).action(async (sensor: string | undefined, files: string[], flags: TailFlags) => {
    const { tail } = await import('./commands/tail.ts');
    process.exitCode = await tail(sensor, files, flags, standardOutput);
  });
}

function sendCommand(): Command {
  const command = new Command('send')
    .description('Put an event onto the bus, as if its event source had sent it.')
    .requiredOption('--source <name>', 'the EventSource that it comes from')
    .requiredOption('--event <name>', 'the name of the event in it')
    .option('--data <file>', 'the payload; - for standard input (default: an empty object)')
    .option('--type <type>', 'its CloudEvents type (default: that of its event source)')
    .option('--content-type <type>', 'the media type of the payload', 'application/json')
    .option('--id <id>', 'its id; the bus takes the same id once in five minutes (default: a new one)')
    .option('--key <key>', 'its order key: events with the same key are worked in order');
  return busFlags(command).action(async (flags: SendFlags) => {
    const { send } = await import('./commands/send.ts');
    process.exitCode = await send(flags, standardOutput);
  });
}

const several = (one: string, before: readonly string[]): string[] => [...before, one];

function generateCommand(): Command {
  return new Command('generate')
    .description(
      'Write what follows from the schemas (CRDs for a cluster, JSON Schema for editors, every generated file of the repository), or the Roles that rules need.',
    )
    .addArgument(new Argument('<what>', 'what to write; all but files go to standard output').choices(['crds', 'schema', 'rbac', 'files']))
    .argument('[file...]', 'for rbac, files or folders with rules; - for standard input')
    .option('-f, --folder <folder>', 'where files are written', '.')
    .option('-n, --namespace <name>', 'for rbac, the namespace of objects that name none, and of the account')
    .option('--from-cluster', 'for rbac, what `run --from-cluster` needs besides, and all for its one account', false)
    .option('-A, --all-namespaces', 'with --from-cluster, the rules of all namespaces', false)
    .option('--account <name>', 'with --from-cluster, its ServiceAccount', 'sensorium')
    .action(async (what: 'crds' | 'schema' | 'files' | 'rbac', files: string[], flags: GenerateFlags) => {
      const { generate } = await import('./commands/generate.ts');
      process.exitCode = await generate(what, files, flags, commands());
    });
}
