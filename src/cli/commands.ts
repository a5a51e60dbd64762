/** The commands. What a command does is loaded when it is called, so that none pays for the others. */
import type { Command } from 'commander';
import { deadLettersCommand, displayCommand, joinsCommand, sendCommand, tailCommand, whyCommand } from './command-line/looking.ts';
import { eventsourceCommand, runCommand, sensorCommand } from './command-line/running.ts';
import { dryRunCommand, explainCommand, generateCommand, newCommand, testCommand, validateCommand } from './command-line/writing.ts';

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
  displayCommand(),
  sendCommand(),
  newCommand(),
  generateCommand(commands),
];
