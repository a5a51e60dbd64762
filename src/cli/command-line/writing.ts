/** The commands for who writes rules: nothing runs, and nothing is written but files. */
import { Argument, Command, Option } from 'commander';
import type { DryRunFlags } from '../commands/dry-run.ts';
import type { GenerateFlags } from '../commands/generate.ts';
import type { NewFlags, NewThing } from '../commands/new.ts';
import type { TestFlags } from '../commands/test.ts';
import type { ValidateFlags } from '../commands/validate.ts';
import { busFlags, count, instant, jqFlags, kubeFlags, outputFlag, several } from '../flags.ts';
import { standardStreams } from '../output.ts';

export function newCommand(): Command {
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
      const { makeNew } = await import('../commands/new.ts');
      makeNew(what, name, flags);
    });
}

export function validateCommand(): Command {
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
    const { validate } = await import('../commands/validate.ts');
    process.exitCode = await validate(files, flags, standardStreams);
  });
}

export function dryRunCommand(): Command {
  const command = new Command('dry-run')
    .description(
      'Show what a Sensor would do with an event, or why not; likewise an EventListener, a Broker, a Trigger, a Subscription. Nothing is written anywhere, and nobody is asked. Ends with 0 when something would fire, 1 when nothing would, 2 when the rule is refused, 3 when somebody cannot be reached.',
    )
    .argument('<rule>', 'file or folder with a rule; file#name chooses one, file#Kind:name where names are alike')
    .option(
      '-e, --event <file>',
      'a CloudEvent, a payload, or for an EventListener a call as {header, body}, as JSON or YAML; may be repeated; - for standard input',
      several,
      [],
    )
    .option('-H, --header <line>', "header of the calls for an EventListener, as 'X-GitHub-Event: push'; may be repeated", several, [])
    .option('-d, --dependency <name>', 'the dependency that payloads are for')
    .option('--name <name>', 'the name of the rule, where there are several')
    .option('-n, --namespace <name>', 'namespace of objects that name none')
    .option('-w, --with <file>', 'Kubernetes objects that exist, to show the difference; may be repeated', several, [])
    .option('--from-bus <number>', 'take the last so many events of the rule from the bus that --bus names; it is only read', count)
    .option('--now <time>', 'the time that the rule sees, as 2026-01-31T12:00:00Z', instant)
    .addOption(new Option('--show <what>', 'what to show besides').choices(['payload']))
    .addOption(outputFlag())
    .option('-v, --verbose', 'show every event from the bus whole, also those that fire nothing', false);
  return jqFlags(busFlags(kubeFlags(command))).action(async (rule: string, flags: DryRunFlags) => {
    const { dryRun } = await import('../commands/dry-run.ts');
    process.exitCode = await dryRun(rule, flags, standardStreams);
  });
}

export function testCommand(): Command {
  const command = new Command('test')
    .description('Run the tests of rules: files named *.test.yaml. Ends with 1 when one fails, 2 when a rule or a test cannot be read.')
    .argument('<file...>', 'test files, or folders with them')
    .option('-t, --test-name <text>', 'only tests whose name holds this text, or matches this /regular expression/')
    .option('--watch', 'run again whenever a rule or a test is saved', false)
    .option('--junit <file>', 'write the results as JUnit XML, too')
    .option('--coverage', 'fail when a part of a rule was never tried', false)
    .addOption(outputFlag());
  return jqFlags(command).action(async (files: string[], flags: TestFlags) => {
    const { test } = await import('../commands/test.ts');
    process.exitCode = await test(files, flags, standardStreams);
  });
}

export function explainCommand(): Command {
  return new Command('explain')
    .description('Explain a kind, a field, a type of event source or trigger, or an error code.')
    .argument('[word]', 'sensor, sensor.spec.triggers.template.k8s, k8s, CONFIG_JQ, …; without it, what can be explained')
    .option('-r, --recursive', 'all fields below, by name and type', false)
    .action(async (word: string | undefined, flags: { recursive: boolean }) => {
      const { explain } = await import('../commands/explain.ts');
      explain(word, flags);
    });
}

export function generateCommand(commands: () => Command[]): Command {
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
      const { generate } = await import('../commands/generate.ts');
      process.exitCode = await generate(what, files, flags, commands());
    });
}
