import type { Argument, Command, Option } from 'commander';
import { type GeneratedFile, page } from '../../manifests/generate/generated-file.ts';

/** The page of the command line, from what the commands say of themselves. */
export function cliPage(commands: readonly Command[]): GeneratedFile {
  return page('cli.md', [
    '# Command line',
    'In a clone, `npm run -s sensorium -- COMMAND …`. `sensorium COMMAND --help` shows what stands here. A command ends with 0 when all is well, and else as the page of [errors](errors.md) says.',
    commands.map((command) => `- [\`${command.name()}\`](#${command.name()})`).join('\n'),
    ...commands.map((command) => section(command, '##')),
  ]);
}

/** With its own commands below it. */
function section(command: Command, level: string, above = ''): string {
  const { registeredArguments: words, options } = command;
  const shown = options.filter((option) => !option.hidden);
  const name = `${above}${command.name()}`;
  return [
    `${level} ${name}`,
    command.description(),
    `\`\`\`\nsensorium ${name} ${command.usage()}\n\`\`\``,
    ...(words.length > 0 ? [table('argument', words.map(argument))] : []),
    ...(shown.length > 0 ? [table('option', shown.map(row))] : []),
    ...command.commands.map((one) => section(one, `${level}#`, `${name} `)),
  ].join('\n\n');
}

const argument = (one: Argument): string[] => [`\`${one.name()}${one.variadic ? '…' : ''}\``, sentence(one.description), otherwise(one)];

const row = (option: Option): string[] => [
  `\`${option.flags}\``,
  [sentence(option.description), option.envVar && `Also by \`${option.envVar}\`.`].filter(Boolean).join(' '),
  otherwise(option),
];

/** What holds without it, and what may be given. */
function otherwise({ defaultValue, defaultValueDescription, argChoices }: Argument | Option): string {
  const value = defaultValueDescription ?? (defaultValue === undefined || defaultValue === false ? '' : String(defaultValue));
  const choices = argChoices ? `one of ${argChoices.map((choice) => `\`${choice}\``).join(', ')}` : '';
  return [value && `\`${value}\``, choices].filter(Boolean).join('; ');
}

const sentence = (text: string): string => (text === '' ? '' : `${text[0]!.toUpperCase()}${text.slice(1)}.`);

const table = (head: string, rows: readonly (readonly string[])[]): string =>
  [[head, '', 'default'], ['---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
