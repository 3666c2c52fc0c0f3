import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Config } from '../../config/config.js';
import type { Database } from '../../database/database.js';
import type { ExportList } from '../../export/export-list.js';
import { createExportPlaces } from '../../export/export-places.js';
import type { Format } from '../../export/formats/format.js';
import { formats } from '../../export/formats/index.js';
import { exportLists } from '../../export/lists/index.js';
import { planExport, refuseUntrusted } from '../../export/plan-export.js';
import { type ExportHead, type OpenedExport, runExport } from '../../export/run-export.js';
import { varyWith } from '../answers/answer-headers.js';
import { breakOff, writeStream } from '../answers/write-stream.js';
import { abortOnDisconnect } from '../overload/client-disconnect.js';
import type { RateGate } from '../overload/rate-gate.js';
import { quoted, RequestRefused, requestFault } from '../requests/fault.js';
import type { ClientNames } from '../requests/headers/client-names.js';
import { readUrlParameters } from '../requests/url-parameters.js';

export interface ExportRoutesOptions {
  /** With the access rules that hold. */
  readonly schema: GraphQLSchema;
  /** Connections that nothing else uses. */
  readonly database: Database;
  readonly config: Pick<
    Config,
    | 'exportsAtOnce'
    | 'exportLimitSeconds'
    | 'limits'
    | 'trustedDocumentsOnly'
    | 'describesSchema'
    | 'withholdListenersUnder'
  >;
  /** Null: no rate limit. */
  readonly rate: RateGate | null;
  readonly clients: ClientNames;
  /** How long a client may leave an answer unread, in milliseconds. */
  readonly stalledLimitMs?: number;
}

/** How long a client that is no operator may take to download what it gets, in milliseconds. */
const publicLimitMs = 60_000;
const defaultStalledLimitMs = 30_000;

/** `/export/songs.csv` and the like: a list as a file, as of one refresh from its first row to its last. */
export function exportRoutes(options: ExportRoutesOptions): FastifyPluginAsync {
  return async (app) => {
    const send = createSender(options);
    // A route for each, so that logs and metrics tell them apart and other methods are a 405.
    for (const list of exportLists.values())
      for (const [extension, format] of formats)
        app.route({
          method: ['GET', 'HEAD'],
          url: `/export/${list.name}.${extension}`,
          onRequest: app.authenticate,
          handler: (request, reply) => send(list, extension, format, request, reply),
        });
    app.route({
      method: ['GET', 'HEAD'],
      url: '/export/*',
      async handler(request) {
        throw new RequestRefused(nameFault((request.params as { '*': string })['*']));
      },
    });
  };
}

function createSender(options: ExportRoutesOptions) {
  const { schema, database, config, rate, clients, stalledLimitMs = defaultStalledLimitMs } = options;
  const places = createExportPlaces(config.exportsAtOnce);
  return async (
    list: ExportList,
    extension: string,
    format: Format,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> => {
    const { viewer, raw } = request;
    refuseUntrusted(viewer, config.trustedDocumentsOnly);
    const isOperator = viewer.kind === 'operator';
    const parameters = readUrlParameters(raw.url ?? '');
    const plan = planExport(
      { list, extension, format, parameters, viewer },
      { schema, limits: config.limits[viewer.kind], describesSchema: config.describesSchema || isOperator },
    );
    rate?.spend(rate.ofViewer(viewer, raw), plan.units);
    const leave = places.take(viewer, clients.ofViewer(viewer, raw));
    const limitMs = config.exportLimitSeconds * 1000;
    const signal = abortOnDisconnect(reply.raw, isOperator ? limitMs : Math.min(limitMs, publicLimitMs));
    try {
      await runExport(database, plan, { signal, withholdUnder: config.withholdListenersUnder }, (opened) =>
        writeFile(opened, request, reply, { signal, stalledLimitMs }),
      );
    } catch (error) {
      if (!reply.raw.headersSent && !reply.raw.destroyed) throw error;
      reply.hijack();
      if (!reply.raw.closed) request.log.warn({ err: error }, 'an export was broken off');
      breakOff(reply.raw);
      return;
    } finally {
      leave();
    }
    // Only now, so that a client that has all of it finds its place free.
    reply.raw.end();
  };
}

async function writeFile(
  { head, chunks }: OpenedExport,
  request: FastifyRequest,
  reply: FastifyReply,
  ending: { readonly signal: AbortSignal; readonly stalledLimitMs: number },
): Promise<void> {
  // The client has left already.
  if (ending.signal.aborted) throw ending.signal.reason;
  reply.headers({ ...headersOf(head), vary: varyWith(reply, 'Authorization') });
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) reply.raw.setHeader(name, value);
  reply.raw.writeHead(200);
  if (request.method !== 'HEAD') await writeStream(reply.raw, chunks, ending);
}

function headersOf(head: ExportHead): Record<string, string> {
  return {
    'content-type': head.contentType,
    'content-disposition': `attachment; filename="${head.fileName}"`,
    'last-modified': new Date(head.asOf).toUTCString(),
    'x-export-generation': String(head.generation),
    'x-export-truncated': String(head.isCut),
    ...(head.rows === null ? {} : { 'x-export-rows': String(head.rows) }),
  };
}

/** What is wrong with a name that no route has. */
function nameFault(file: string) {
  const dot = file.lastIndexOf('.');
  const [name, extension] = dot < 0 ? [file, undefined] : [file.slice(0, dot), file.slice(dot + 1)];
  return exportLists.has(name)
    ? requestFault(400, `The format: expected ${[...formats.keys()].join(', ')}, got ${quoted(extension)}.`)
    : requestFault(
        404,
        `The list: expected one of ${[...exportLists.keys()].join(', ')}, got ${quoted(name)}.`,
      );
}
