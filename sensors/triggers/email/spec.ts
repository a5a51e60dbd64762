import { z } from 'zod';
import { secretKeySelector } from '../../../src/core/access/selectors.ts';
import { parameterSpec } from '../parameters/spec.ts';

const noHost = "host can't be empty";

export const emailSpec = z.strictObject({
  host: z.string(noHost).min(1, noHost).describe('The SMTP server.'),
  port: z
    .int()
    .optional()
    .describe('Its port: 465 speaks TLS from the beginning, any other as soon as the server offers it. 587 when left out or 0.'),
  username: z.string().optional().describe('The user to log in as; left out, there is no login.'),
  smtpPassword: secretKeySelector('The password to log in with').optional(),
  from: z.string().optional().describe('The address that the mail is from; the user when left out.'),
  to: z.array(z.string()).optional().describe('The addresses, each of which gets a mail of its own.'),
  subject: z.string().optional().describe('The subject.'),
  body: z.string().optional().describe('The text.'),
  parameters: z.array(parameterSpec).optional().describe('Values from the events, set in this block before it is used.'),
});

export type EmailSpec = z.output<typeof emailSpec>;
