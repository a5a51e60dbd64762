/**
 * Sends a mail to each address for each firing.
 *
 * An address that has its mail is left out of further attempts, for as long as the process lives. A mail that is sent again after that has
 * the same Message-ID, by which a mailbox can tell it.
 */
import { defineTrigger } from '../trigger.ts';
import { check } from './check.ts';
import { deliver } from './deliver.ts';
import { compile, describe, type Ready, type Rendered, render } from './render.ts';
import { emailSpec } from './spec.ts';

export const email = defineTrigger<'email', typeof emailSpec, Ready, Rendered>({
  type: 'email',
  summary: 'Sends mails by an SMTP server.',
  stability: 'beta',
  spec: emailSpec,
  examples: [
    {
      title: 'Tell the team of a Pod',
      spec: {
        host: 'smtp.example.com',
        port: 587,
        username: 'cluster@example.com',
        smtpPassword: { name: 'smtp', key: 'password' },
        from: 'cluster@example.com',
        to: ['team@example.com'],
        subject: 'A new Pod',
        parameters: [{ src: { dependencyName: 'pod', dataTemplate: 'It is {{ .Input.body.metadata.name }}.' }, dest: 'body' }],
      },
    },
  ],
  check,
  compile,
  render,
  renderPieces: render.pieces,
  describe,
  show: ({ host, port, from, to, subject, text }) => ({ host, port, from, to: [...to], subject, text }),
  fire: deliver,
});
