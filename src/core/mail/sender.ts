import type { Transporter } from 'nodemailer';
import type { Code, Retry } from '../errors/codes.ts';
import { EngineError } from '../errors/engine-error.ts';
import { reasonOf } from '../errors/from-unknown.ts';
import type { Clock } from '../time/clock.ts';
import { inTime } from '../time/deadline.ts';

/** How long one mail may take, in milliseconds. */
const patience = 45_000;

export interface MailPlace {
  readonly host: string;
  readonly port: number;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

export interface Mail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Without the angle brackets. */
  readonly messageId: string;
}

/**
 * Hands mails to one SMTP server, over a few connections that are kept. Port 465 speaks TLS from the beginning, any other as soon as the
 * server offers it; the certificate is verified.
 */
export class MailSender implements AsyncDisposable {
  readonly #transport: Transporter;
  readonly #server: string;

  private constructor(transport: Transporter, server: string) {
    this.#transport = transport;
    this.#server = server;
  }

  /** Loads the client library; connects when there is something to send. */
  static async open({ host, port, user, password = '' }: MailPlace): Promise<MailSender> {
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      host,
      port,
      secure: port === 465,
      pool: true,
      maxConnections: 3,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      dnsTimeout: 10_000,
      disableFileAccess: true,
      disableUrlAccess: true,
      ...(user ? { auth: { user, pass: password } } : {}),
    });
    return new MailSender(transport, `${host}:${port}`);
  }

  /** Resolves when the server has taken it. Rejects with UNREACHABLE_RECEIVER, REMOTE_RECEIVER_AUTH or REMOTE_RECEIVER. */
  async send({ messageId, ...mail }: Mail, { clock, signal }: { clock: Clock; signal: AbortSignal }): Promise<void> {
    const late = () => this.#failed('UNREACHABLE_RECEIVER', `it has not taken the mail within ${patience / 1000} s`);
    // Ends the connection on which we wait no longer: closing the transport lets it go on.
    const over = new AbortController();
    const sent = this.#transport.sendMail({ ...mail, messageId: `<${messageId}>`, signal: over.signal });
    try {
      await inTime(sent, { within: patience, clock, signal, late });
    } catch (thrown) {
      if (thrown instanceof EngineError) throw thrown;
      const { code, responseCode = 0 } = thrown as { code?: string; responseCode?: number };
      if (code === 'EAUTH' || code === 'ENOAUTH') throw this.#failed('REMOTE_RECEIVER_AUTH', reasonOf(thrown), thrown);
      // An answer that begins with 5 is the last word, one with 4 is not.
      if (responseCode >= 400) throw this.#failed('REMOTE_RECEIVER', reasonOf(thrown), thrown, responseCode >= 500 ? 'never' : 'backoff');
      if (code === 'EENVELOPE' || code === 'EMESSAGE') throw this.#failed('REMOTE_RECEIVER', reasonOf(thrown), thrown, 'never');
      throw this.#failed('UNREACHABLE_RECEIVER', reasonOf(thrown), thrown);
    } finally {
      over.abort();
    }
  }

  #failed(code: Code, reason: string, cause?: unknown, retry: Retry = 'backoff'): EngineError {
    return new EngineError(code, { server: this.#server, reason }, { cause, retry });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#transport.close();
  }
}
