import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';

/** Where in the folder the locks are. */
const locksFolder = 'in-use';
/** How long a path of a socket may be everywhere, in bytes. */
const maxSocketPath = 100;
/** How long a process that is there may take to say whether it holds the folder, in milliseconds. */
const answerMs = 10_000;
/** What a process says that holds the folder; while it has not decided yet it says nothing. */
const holding = 'holding';
/** What file systems say that have no sockets. */
const withoutSockets = new Set(['ENOTSUP', 'EOPNOTSUPP', 'EPERM', 'EINVAL', 'ENOSYS']);

/** A folder that this process holds. */
export interface FolderLock {
  /** False once the lock is not in the folder any more: somebody removed the folder, or put another one in its place. */
  isThere(): Promise<boolean>;
  /** Gives the folder back. */
  release(): Promise<void>;
}

/**
 * Takes a folder for this process, because two processes on one embedded database would destroy it. The lock is a
 * listening socket in the folder: the kernel ends it with the process, and it is seen from other containers that share
 * nothing but the volume.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  await mkdir(folder, { recursive: true });
  if (process.platform === 'win32') return lockByPipe(folder);
  const locks = path.resolve(folder, locksFolder);
  await mkdir(locks, { recursive: true });
  const own = randomBytes(8).toString('hex');
  const sockets = await reach(locks);
  const asking = new Set<Socket>();
  let isHolding = false;
  const server = createServer((socket) => {
    asking.add(socket);
    socket.on('error', () => {}).once('close', () => asking.delete(socket));
    socket.unref().resume();
    if (isHolding) socket.end(holding);
  });
  const leave = async () => {
    await rm(path.join(locks, own), { force: true });
    for (const socket of asking) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    await sockets.close();
  };
  try {
    await announce(server, locks, sockets.pathOf, own, folder);
    if (!(await isFirst(locks, sockets.pathOf, own))) throw inUse(folder);
  } catch (error) {
    await leave();
    throw error;
  }
  isHolding = true;
  for (const socket of asking) socket.end(holding);
  // Earlier versions wrote the number of the process into a file, which says nothing in another container.
  await rm(path.join(folder, 'in-use-by'), { force: true });
  return { isThere: () => exists(path.join(locks, own)), release: leave };
}

/** Listens, and only then gets the name that others look at: what has one and does not answer is dead. */
async function announce(
  server: Server,
  locks: string,
  pathOf: (name: string) => string,
  own: string,
  folder: string,
): Promise<void> {
  try {
    await listen(server, pathOf(`.${own}`));
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    if (!withoutSockets.has(code)) throw cause;
    throw new Error(
      `The embedded database in ${folder}: expected a file system that has Unix sockets, got ${code}. Set DATA_DIR to a folder on a local disk.`,
      { cause },
    );
  }
  await rename(path.join(locks, `.${own}`), path.join(locks, own));
}

/**
 * Whether this process may have the folder. Each process listens before it lists the others, so at least one
 * of two sees the other. It gives up if a smaller name accepts the connection, and waits for a greater one to
 * decide. Names are random and never reused, so a stale one can be removed.
 */
async function isFirst(locks: string, pathOf: (name: string) => string, own: string): Promise<boolean> {
  for (const name of await readdir(locks)) {
    if (name === own || name.startsWith('.')) continue;
    const state = await askOther(pathOf(name), name > own);
    if (state === 'dead') await rm(path.join(locks, name), { force: true });
    else if (state !== 'gone') return false;
  }
  return true;
}

type State = 'dead' | 'gone' | 'holding' | 'deciding';

/** Asks another lock for its state; one that is deciding is waited for, or not. */
function askOther(address: string, waits: boolean): Promise<State> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    let said = '';
    // Somebody who is too busy to answer is there all the same.
    const timer = setTimeout(() => settle('deciding'), answerMs);
    const settle = (state: State) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(state);
    };
    if (!waits) socket.once('connect', () => settle('deciding'));
    socket.on('data', (chunk) => {
      said += chunk;
    });
    socket.once('close', () => settle(said === holding ? 'holding' : 'gone'));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') settle('dead');
      else if (error.code === 'ENOENT' || error.code === 'ECONNRESET') settle('gone');
      else if (error.code === 'EAGAIN') settle('deciding');
      else reject(error);
    });
  });
}

/** Paths of sockets in a folder, however long its own path is. */
async function reach(
  locks: string,
): Promise<{ pathOf: (name: string) => string; close: () => Promise<void> }> {
  const longest = path.join(locks, '.'.repeat(17));
  if (Buffer.byteLength(longest) <= maxSocketPath)
    return { pathOf: (name) => path.join(locks, name), close: async () => {} };
  if (process.platform !== 'linux')
    throw new Error(
      `The embedded database: expected a folder whose path has at most ${maxSocketPath - 25} bytes, got ${path.dirname(locks)}.`,
    );
  const handle: FileHandle = await open(locks, 'r');
  return { pathOf: (name) => `/proc/self/fd/${handle.fd}/${name}`, close: () => handle.close() };
}

/** Windows has pipes, of which the first one with a name keeps all others out, and ends with its process. */
async function lockByPipe(folder: string): Promise<FolderLock> {
  const digest = createHash('sha256')
    .update((await realpath(folder)).toLowerCase())
    .digest('hex');
  const server = createServer((socket) => socket.destroy());
  await listen(server, `\\\\.\\pipe\\mycelix-analytics-${digest}`).catch((error) => {
    throw error.code === 'EADDRINUSE' ? inUse(folder) : error;
  });
  return {
    isThere: () => exists(folder),
    async release() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Whether there is such a file or folder; only what is certainly not there counts as gone. */
export async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
  );
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      server.off('error', reject);
      server.on('error', () => {});
      // The listening socket must not keep the process alive.
      server.unref();
      resolve();
    });
  });
}

function inUse(folder: string): Error {
  return new Error(
    `The embedded database in ${folder} is in use by another process. Stop that one first, or set DATA_DIR to another folder.`,
  );
}
