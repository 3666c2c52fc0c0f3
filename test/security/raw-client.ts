import { connect, type Socket } from 'node:net';

export interface Heard {
  /** 0 when the connection ended or stayed silent. */
  readonly status: number;
  readonly text: string;
}

/** One connection after the other, each used until it is closed or in doubt. Answers are waited for so long, in milliseconds. */
export function createRawClient(port: number, patienceMs: number, localAddress?: string) {
  let socket: Socket | null = null;
  const open = () => {
    const opened = connect({ port, host: '127.0.0.1', localAddress, noDelay: true });
    opened.on('error', () => {});
    return opened;
  };
  const send = (wire: Buffer): Promise<Heard> =>
    new Promise((resolve) => {
      const used = socket ?? open();
      socket = used;
      let text = '';
      const end = (isOver: boolean) => {
        clearTimeout(timer);
        used.off('data', read).off('close', closed);
        if (!isOver || /^connection: close/im.test(text)) {
          used.destroy();
          socket = null;
        }
        resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text });
      };
      const closed = () => end(false);
      const read = (chunk: Buffer) => {
        text += chunk.toString('latin1');
        const bodyAt = text.indexOf('\r\n\r\n') + 4;
        if (bodyAt < 4) return;
        const head = text.slice(0, bodyAt);
        if (/^HTTP\/1\.1 100 /.test(head)) {
          text = text.slice(bodyAt);
          return;
        }
        const length = /^content-length: (\d+)/im.exec(head)?.[1];
        const isWhole =
          /^HTTP\/1\.1 (304|204)/.test(head) ||
          (length !== undefined && text.length >= bodyAt + Number(length));
        if (isWhole || wire.toString('latin1', 0, 5) === 'HEAD ')
          end(text.length === bodyAt + Number(length ?? 0));
      };
      const timer = setTimeout(() => end(false), patienceMs);
      used.on('data', read).on('close', closed);
      used.write(wire);
    });
  return { send, leave: () => void socket?.destroy() };
}
