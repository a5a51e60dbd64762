import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { makeCertificates } from '../../src/cli/local-cluster/tls/certificates.ts';

export interface Delivery {
  readonly to: readonly string[];
  readonly text: string;
}

export interface MailServer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly mails: Delivery[];
  /** How many connections were made. */
  readonly connections: number;
}

/** An SMTP server of the test's own. `refuse` says which addresses it does not take, with the status of its answer. */
export async function startMailServer({
  refuse = () => undefined,
  ...options
}: { refuse?: (address: string) => number | undefined } & SMTPServerOptions = {}): Promise<MailServer> {
  const mails: Delivery[] = [];
  let connections = 0;
  const { certificate: cert, key } = makeCertificates(Date.now());
  const server = new SMTPServer({
    cert,
    key,
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onConnect(_session, done) {
      connections += 1;
      done();
    },
    onRcptTo({ address }, _session, done) {
      const responseCode = refuse(address);
      done(responseCode === undefined ? undefined : Object.assign(new Error('not this one'), { responseCode }));
    },
    onData(stream, session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
      });
      stream.on('end', () => {
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    host: '127.0.0.1',
    port: (server.server.address() as AddressInfo).port,
    mails,
    get connections() {
      return connections;
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
